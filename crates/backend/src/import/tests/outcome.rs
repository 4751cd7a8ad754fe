//! What an import leaves: rows, figures and versions.

use api_types::{Day, MoneyState, PaymentStatus};

use super::{GOOD, Options, good_but, import_files, options};
use crate::db::tests::portal::{Portal, at, money};

const TODAY: &str = "2026-11-21";

async fn imported() -> Portal {
    let portal = Portal::empty().await;
    import_files(&portal.db, &GOOD, &options()).await.unwrap();
    portal
}

fn updating() -> Options {
    Options {
        update: true,
        ..options()
    }
}

#[tokio::test]
async fn good_files_become_accounts() {
    let portal = Portal::empty().await;
    let summary = import_files(&portal.db, &GOOD, &options()).await.unwrap();
    assert_eq!(
        summary.to_string(),
        "allocations: 2 added, 0 changed\ncustomers: 2 added, 0 changed\n\
         events: 2 added, 0 changed\ninvoices: 2 added, 0 changed\npayments: 3 added, 0 changed\n"
    );
    let of = portal.balance_in("ann", "EUR", TODAY).await;
    // 123.00 less the 40.00 that pay for it; 10.00 of the cash less the purchase of 8.00.
    assert_eq!(
        (of.owed, of.credit),
        (money("83.00 EUR"), money("2.00 EUR"))
    );
    assert_eq!(
        (of.overdue, of.on_its_way),
        (money("83.00 EUR"), money("30.00 EUR"))
    );
    let invoice = portal.invoice("ann", "inv-1", TODAY).await;
    assert_eq!(invoice.state, MoneyState::PartPaid);
    assert_eq!(invoice.customer.address, ["1 Quay Street", "Harbour Town"]);
    let lines: Vec<_> = invoice
        .lines
        .iter()
        .map(|line| line.description.as_str())
        .collect();
    assert_eq!(lines, ["First visit", "Second visit"]);
    let cash = portal.payment("ann", "pay-1").await;
    assert_eq!(
        (cash.status, cash.description.as_str()),
        (PaymentStatus::Completed, "Cash")
    );
    assert_eq!(cash.completed_at, Some(at("2026-11-03T10:01:00Z")));
    assert!(portal.balance("bob", TODAY).await.currencies.is_empty());
}

#[tokio::test]
async fn a_byte_order_mark_and_windows_line_ends_are_taken() {
    let portal = Portal::empty().await;
    let windows: Vec<(&str, String)> = GOOD
        .iter()
        .map(|(name, text)| (*name, format!("\u{feff}{}", text.replace('\n', "\r\n"))))
        .collect();
    let files: Vec<(&str, &str)> = windows
        .iter()
        .map(|(name, text)| (*name, text.as_str()))
        .collect();
    import_files(&portal.db, &files, &options()).await.unwrap();
    let invoice = portal.invoice("ann", "inv-1", TODAY).await;
    assert_eq!(invoice.customer.address, ["1 Quay Street", "Harbour Town"]);
}

#[tokio::test]
async fn a_known_id_is_a_fault_unless_it_is_an_update() {
    let portal = imported().await;
    for (file, text) in GOOD {
        // Lines come with their invoices, so those two go together.
        let files = match file {
            "invoice_lines.csv" => continue,
            "invoices.csv" => vec![GOOD[1], GOOD[2]],
            _ => vec![(file, text)],
        };
        let refused = import_files(&portal.db, &files, &options())
            .await
            .unwrap_err();
        let said = refused.to_string();
        assert!(
            said.starts_with(&format!("{file}, line 2, column ")),
            "{said}"
        );
        assert!(said.contains("import with --update"), "{said}");
    }
    let before = portal.balance("ann", TODAY).await;
    let summary = import_files(&portal.db, &GOOD, &updating()).await.unwrap();
    assert_eq!(summary.counts["invoices"].changed, 2);
    let after = portal.balance("ann", TODAY).await;
    assert_eq!(
        after.currencies, before.currencies,
        "the same files again change nothing"
    );
    assert_eq!(after.version, before.version + 1);
}

#[tokio::test]
async fn an_update_changes_what_it_names_and_the_ledger_follows() {
    let portal = imported().await;
    let invoices = "id,customer,number,name,issued_on,due_on,currency,net,tax,total\n\
         inv-1,ann,2026-1,Physiotherapy,2026-11-01,2026-12-15,EUR,100.00,0.00,100.00\n";
    let lines = "invoice,description,quantity,unit_price,tax_percent,net,tax\n\
         inv-1,Two visits,2,50.00,0,100.00,0.00\n";
    let payments = "id,customer,created_at,completed_at,total,currency,status,description\n\
         pay-2,ann,2026-11-04T10:00,2026-11-06T10:00,30.00,EUR,completed,Transfer\n";
    let credit_notes = "id,invoice,number,issued_on,net,tax,total,reason\n\
         C-1,inv-1,C-1,2026-11-10,20.00,0.00,20.00,One visit was short\n";
    let files = [
        ("invoices.csv", invoices),
        ("invoice_lines.csv", lines),
        ("credit_notes.csv", credit_notes),
        ("payments.csv", payments),
    ];
    import_files(&portal.db, &files, &updating()).await.unwrap();
    let invoice = portal.invoice("ann", "inv-1", TODAY).await;
    assert_eq!(
        invoice.money.paid,
        money("70.00 EUR"),
        "what it paid for before, it still does"
    );
    assert_eq!(invoice.money.remaining, money("10.00 EUR"));
    assert!(!invoice.overdue);
    let of = portal.balance_in("ann", "EUR", TODAY).await;
    assert_eq!(
        (of.net, of.on_its_way),
        (money("-8.00 EUR"), money("0.00 EUR"))
    );
    assert_eq!(portal.ledger_sum("ann", "EUR").await, of.net.minor());
}

#[tokio::test]
async fn what_cannot_be_changed_is_refused_by_an_update() {
    let portal = imported().await;
    let (head, _) = GOOD[1].1.split_once('\n').unwrap();
    let line = "invoice,description,quantity,unit_price,tax_percent,net,tax\ninv-1,Visit,1,30.00,0,30.00,0.00\n";
    for (row, says) in [
        (
            "inv-1,bob,1,Visit,2026-11-01,2026-11-15,EUR,30.00,0.00,30.00",
            "column customer: invoice inv-1 is ann's",
        ),
        (
            "inv-1,ann,1,Visit,2026-11-01,2026-11-15,USD,30.00,0.00,30.00",
            "column currency: invoice inv-1 is in EUR",
        ),
        (
            "inv-1,ann,1,Visit,2026-11-01,2026-11-15,EUR,30.00,0.00,30.00",
            "column id: invoice inv-1: 40.00 EUR of it have been paid",
        ),
    ] {
        let invoices = format!("{head}\n{row}\n");
        let files = [
            ("invoices.csv", invoices.as_str()),
            ("invoice_lines.csv", line),
        ];
        let refused = import_files(&portal.db, &files, &updating())
            .await
            .unwrap_err();
        let said = refused.to_string();
        assert!(
            said.contains(&format!("invoices.csv, line 2, {says}")),
            "{said}"
        );
    }
}

#[tokio::test]
async fn an_invoice_that_becomes_void_gives_its_money_back_as_credit() {
    let portal = imported().await;
    let (head, _) = GOOD[1].1.split_once('\n').unwrap();
    let invoices = format!(
        "{head},document\ninv-1,ann,2026-1,Visit,2026-11-01,2026-11-15,EUR,100.00,23.00,123.00,void\n"
    );
    let lines = GOOD[2].1.replace("inv-2,Massage,1,1200,0,1200,0\n", "");
    let files = [
        ("invoices.csv", invoices.as_str()),
        ("invoice_lines.csv", &lines),
    ];
    import_files(&portal.db, &files, &updating()).await.unwrap();
    let of = portal.balance_in("ann", "EUR", TODAY).await;
    assert_eq!(
        (of.owed, of.credit),
        (money("0.00 EUR"), money("42.00 EUR"))
    );
    assert_eq!(portal.ledger_sum("ann", "EUR").await, of.net.minor());
}

#[tokio::test]
async fn an_update_of_allocations_replaces_all_of_a_payment() {
    let portal = imported().await;
    let files = [(
        "allocations.csv",
        "payment,invoice,amount\npay-1,inv-1,15.00\n",
    )];
    import_files(&portal.db, &files, &updating()).await.unwrap();
    let invoice = portal.invoice("ann", "inv-1", TODAY).await;
    assert_eq!(invoice.money.paid, money("15.00 EUR"));
    assert_eq!(
        invoice.money.on_its_way,
        money("30.00 EUR"),
        "other payments keep theirs"
    );
}

#[tokio::test]
async fn a_later_import_may_lean_on_what_is_known() {
    let portal = imported().await;
    let files = [
        (
            "payments.csv",
            "id,customer,created_at,completed_at,total,currency,status,description\n\
            pay-4,ann,2026-11-20T10:00,2026-11-20T10:00,1200,JPY,completed,Cash\n",
        ),
        (
            "allocations.csv",
            "payment,invoice,amount\npay-4,inv-2,1200\npay-1,inv-2,1.00\n",
        ),
    ];
    let refused = import_files(&portal.db, &files, &options())
        .await
        .unwrap_err();
    assert!(
        refused.to_string().starts_with("allocations.csv, line 3"),
        "{refused}"
    );
    let files = [
        files[0],
        (
            "allocations.csv",
            "payment,invoice,amount\npay-4,inv-2,1200\n",
        ),
    ];
    import_files(&portal.db, &files, &options()).await.unwrap();
    assert_eq!(
        portal.invoice("ann", "inv-2", TODAY).await.state,
        MoneyState::Paid
    );
}

#[tokio::test]
async fn an_anchor_moves_every_date_and_keeps_the_time_of_day() {
    let portal = Portal::empty().await;
    let moved = Options {
        anchor: Some(Day::parse("2026-06-21").unwrap()),
        ..options()
    };
    // 153 days on, and out of summer time; the event is in Tokyo, which has none.
    let events = "id,customer,service,title,starts_at,ends_at,zone,status\n\
        ev-1,ann,Visit,Visit,2026-06-22T09:00,2026-06-22T09:45,Europe/Dublin,booked\n\
        ev-2,bob,Visit,Visit,2026-06-22T09:00,2026-06-22T09:45,Asia/Tokyo,booked\n";
    let payments = "id,customer,created_at,completed_at,total,currency,status,description\n\
        pay-1,ann,2026-06-20T10:00:00Z,2026-06-20T11:00,5.00,EUR,completed,Cash\n";
    let (_, invoices) = GOOD[1];
    let invoices = invoices
        .replace("2026-11-15", "2026-06-20")
        .replace("2026-11-01", "2026-06-01");
    let files = good_but(&[
        ("events.csv", Some(events)),
        ("payments.csv", Some(payments)),
        ("invoices.csv", Some(&invoices)),
        ("allocations.csv", None),
    ]);
    import_files(&portal.db, &files, &moved).await.unwrap();
    let invoice = portal.invoice("ann", "inv-1", TODAY).await;
    assert_eq!(
        (invoice.due_on.to_string().as_str(), invoice.overdue),
        ("2026-11-20", true)
    );
    let payment = portal.payment("ann", "pay-1").await;
    // Eleven o'clock by Dublin's clock, in summer and in winter.
    assert_eq!(payment.created_at, at("2026-11-20T11:00:00Z"));
    assert_eq!(payment.completed_at, Some(at("2026-11-20T11:00:00Z")));
    for (event, starts_at) in [
        ("ev-1", "2026-11-22T09:00:00Z"),
        ("ev-2", "2026-11-22T00:00:00Z"),
    ] {
        assert_eq!(portal.event_start(event).await, at(starts_at), "{event}");
    }
}
