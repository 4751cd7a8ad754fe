//! Credit notes, services, replacements and account numbers come in from files.

use api_types::{CreditNoteId, InvoiceId};

use super::{GOOD, Options, import_files, options};
use crate::db::credit_notes;
use crate::db::tests::portal::{Portal, id, money, terms};

const TODAY: &str = "2026-11-21";
const HEAD: &str = "id,invoice,number,issued_on,net,tax,total,reason";

async fn imported() -> Portal {
    let portal = Portal::empty().await;
    import_files(&portal.db, &GOOD, &options()).await.unwrap();
    portal
}

async fn credit(portal: &Portal, row: &str, options: &Options) -> Result<(), String> {
    let file = format!("{HEAD}\n{row}\n");
    let files = [("credit_notes.csv", file.as_str())];
    match import_files(&portal.db, &files, options).await {
        Ok(_) => Ok(()),
        Err(error) => Err(error.to_string()),
    }
}

#[tokio::test]
async fn a_credit_note_takes_back_a_part_and_what_was_paid_beyond_is_credit() {
    let portal = imported().await;
    let before = portal.balance_in("ann", "EUR", TODAY).await;
    let row = "C-1,inv-1,2026-C1,2026-11-10,80.00,18.40,98.40,One visit did not take place";
    credit(&portal, row, &options()).await.unwrap();

    let invoice = portal.invoice("ann", "inv-1", TODAY).await;
    assert_eq!(invoice.money.total, money("123.00 EUR"));
    assert_eq!(invoice.money.credited, money("98.40 EUR"));
    // 24.60 are left of it. What is on its way gives way first, then what was paid.
    assert_eq!(invoice.money.paid, money("24.60 EUR"));
    assert_eq!(invoice.money.on_its_way, money("0.00 EUR"));
    assert_eq!(invoice.money.remaining, money("0.00 EUR"));
    assert_eq!(invoice.credit_notes[0].number, "2026-C1");

    let of = portal.balance_in("ann", "EUR", TODAY).await;
    let moved = of.net.checked_sub(before.net).unwrap();
    assert_eq!(moved, money("98.40 EUR"));
    assert_eq!(portal.ledger_sum("ann", "EUR").await, of.net.minor());

    let note: CreditNoteId = id("C-1");
    let terms = terms(TODAY);
    let read = portal
        .db
        .read(async |tx| credit_notes::find(tx, &id("ann"), &note, &terms).await);
    let read = read.await.unwrap().unwrap();
    assert_eq!(read.invoice, id::<InvoiceId>("inv-1"));
    assert_eq!(read.reason, "One visit did not take place");
    assert_eq!(read.total, money("98.40 EUR"));
    let theirs = portal
        .db
        .read(async |tx| credit_notes::find(tx, &id("bob"), &note, &terms).await);
    assert_eq!(theirs.await.unwrap(), None);
}

#[tokio::test]
async fn an_update_of_a_credit_note_moves_the_account_by_the_difference() {
    let portal = imported().await;
    let before = portal.balance_in("ann", "EUR", TODAY).await.net;
    let row = |total: &str| format!("C-1,inv-1,C-1,2026-11-10,{total},0.00,{total},Too much");
    credit(&portal, &row("10.00"), &options()).await.unwrap();
    let known = credit(&portal, &row("15.00"), &options())
        .await
        .unwrap_err();
    assert!(
        known.contains("column id: credit note C-1 is known"),
        "{known}"
    );
    let updating = Options {
        update: true,
        ..options()
    };
    credit(&portal, &row("15.00"), &updating).await.unwrap();
    let after = portal.balance_in("ann", "EUR", TODAY).await.net;
    assert_eq!(after.checked_sub(before).unwrap(), money("15.00 EUR"));
    assert_eq!(portal.ledger_sum("ann", "EUR").await, after.minor());
}

#[tokio::test]
async fn what_is_wrong_with_a_credit_note_is_named() {
    let portal = imported().await;
    for (row, says) in [
        (
            "C-1,inv-9,C-1,2026-11-10,1.00,0.00,1.00,x",
            "credit_notes.csv, line 2, column invoice: there is no invoice inv-9",
        ),
        (
            "C-1,inv-1,C-1,2026-11-10,1.00,0.50,1.00,x",
            "credit_notes.csv, line 2, column total: it is 1.00 EUR, but net and tax are",
        ),
        (
            "C-1,inv-1,C-1,2026-11-10,1,0.00,1.00,x",
            "credit_notes.csv, line 2, column net: the amount has 0 digits",
        ),
        (
            "C-1,inv-1,C-1,2026-11-10,0.00,0.00,0.00,x",
            "credit_notes.csv, line 2, column total: it has to be more than zero",
        ),
        (
            "C-1,inv-1,C-1,2026-11-10,200.00,0.00,200.00,x",
            "credit_notes.csv, line 2, column id: credit note C-1: invoice inv-1 has 123.00 EUR",
        ),
        (
            "C-1,inv-1,C-1,10.11.2026,1.00,0.00,1.00,x",
            "credit_notes.csv, line 2, column issued_on: a day is written",
        ),
        (
            "C-1,inv-1,C-1,2026-11-10,1.00,0.00,1.00,",
            "credit_notes.csv, line 2, column reason: it is empty",
        ),
    ] {
        let said = credit(&portal, row, &options()).await.unwrap_err();
        assert!(said.starts_with(says), "{said}");
    }
}

#[tokio::test]
async fn an_invoice_says_its_service_and_what_stands_in_its_place() {
    let portal = imported().await;
    let invoices = |by: &str, document: &str| {
        format!(
            "id,customer,number,name,issued_on,due_on,currency,net,tax,total,document,service,replaced_by\n\
             old,ann,O-1,A visit,2026-11-01,2026-12-15,EUR,5.00,0.00,5.00,{document},Physio,{by}\n\
             new,ann,N-1,A visit,2026-11-02,2026-12-15,EUR,4.00,0.00,4.00,open,Physio,\n"
        )
    };
    let lines = "invoice,description,quantity,unit_price,tax_percent,net,tax\n\
         old,A visit,1,5.00,0,5.00,0.00\nnew,A visit,1,4.00,0,4.00,0.00\n";
    for (by, document, says) in [
        (
            "nobodys",
            "replaced",
            "column replaced_by: customer ann has no invoice nobodys",
        ),
        (
            "new",
            "open",
            "column replaced_by: only a replaced invoice has it",
        ),
        (
            "old",
            "replaced",
            "column replaced_by: an invoice cannot stand in its own place",
        ),
    ] {
        let invoices = invoices(by, document);
        let files = [
            ("invoices.csv", invoices.as_str()),
            ("invoice_lines.csv", lines),
        ];
        let said = import_files(&portal.db, &files, &options())
            .await
            .unwrap_err();
        assert!(said.to_string().contains(says), "{said}");
    }
    let good = invoices("new", "replaced");
    let files = [
        ("invoices.csv", good.as_str()),
        ("invoice_lines.csv", lines),
    ];
    import_files(&portal.db, &files, &options()).await.unwrap();
    let old = portal.invoice("ann", "old", TODAY).await;
    assert_eq!(old.replaced_by, Some(id("new")));
    assert_eq!(old.service.as_deref(), Some("Physio"));
}

#[tokio::test]
async fn documents_name_the_account_by_the_providers_number() {
    let portal = imported().await;
    assert_eq!(
        portal.invoice("ann", "inv-1", TODAY).await.account_number,
        "ann"
    );
    let customers = "id,name,account_number\nann,Ann Lee,A-1001\n";
    let updating = Options {
        update: true,
        ..options()
    };
    let files = [("customers.csv", customers)];
    import_files(&portal.db, &files, &updating).await.unwrap();
    assert_eq!(
        portal.invoice("ann", "inv-1", TODAY).await.account_number,
        "A-1001"
    );
}
