//! The account in detail: history, statement, the entries of a figure, the first screen, and
//! the lists with their filters and orders.

use api_types::{
    Detail, EntryKind, FigureEntry, HistoryEntry, Home, InvoiceSummary, MethodKind, Page, Payment,
    PaymentDetail, PaymentStepKind, Statement, ToDo,
};
use backend::settings::Method;

use test_support::{SignedIn, Site, problem};

async fn with_an_account() -> Site {
    let site = Site::open().await;
    site.add_invoice("ada", "INV-1", "2026-11-20", 4500).await;
    site.add_invoice("ada", "INV-9", "2026-11-25", 1000).await;
    site.add_invoice("ada", "INV-10", "2027-02-20", 200).await;
    site.add_credit("ada", "PAY-1", 250).await;
    site
}

/// A way to pay that needs no payment provider.
fn transfer() -> Method {
    let euros = vec!["EUR".parse().unwrap()];
    let id = "transfer".parse().unwrap();
    let mut method = Method::new(id, MethodKind::BankTransfer, euros, None);
    method.instructions = vec![Detail {
        label: "IBAN".to_owned(),
        value: "XX00 0000".to_owned(),
    }];
    method
}

async fn numbers(ada: &SignedIn<'_>, query: &str) -> Vec<String> {
    let page: Page<InvoiceSummary> = ada.get(&format!("/api/v1/invoices?{query}")).await.json();
    page.data.into_iter().map(|row| row.number).collect()
}

#[tokio::test]
async fn the_history_stands_with_its_running_balance_in_either_order() {
    let site = with_an_account().await;
    let ada = site.signed_in("ada").await;
    let newest: Page<HistoryEntry> = ada.get("/api/v1/history").await.json();
    let told: Vec<_> = newest
        .data
        .iter()
        .map(|entry| (entry.kind, entry.amount.minor(), entry.balance.minor()))
        .collect();
    assert_eq!(
        told,
        [
            (EntryKind::Payment, 250, -5450),
            (EntryKind::Invoice, -200, -5700),
            (EntryKind::Invoice, -1000, -5500),
            (EntryKind::Invoice, -4500, -4500),
        ]
    );
    let mut oldest: Page<HistoryEntry> = ada.get("/api/v1/history?order=oldest").await.json();
    oldest.data.reverse();
    assert_eq!(oldest.data, newest.data);
    let found: Page<HistoryEntry> = ada
        .get("/api/v1/history?from=2026-11-21&to=2026-11-21")
        .await
        .json();
    assert_eq!(found.data.len(), 1);
}

#[tokio::test]
async fn a_statement_adds_up_and_has_to_begin_before_it_ends() {
    let site = with_an_account().await;
    let ada = site.signed_in("ada").await;
    let path = "/api/v1/statement?from=2026-11-02&to=2026-11-30";
    let statement: Statement = ada.get(path).await.json();
    let sums = &statement.currencies[0];
    assert_eq!((sums.opening.minor(), sums.closing.minor()), (-5700, -5450));
    assert_eq!((sums.sums.len(), sums.sums[0].sum.minor()), (1, 250));
    assert_eq!(statement.account_number, "ada");
    assert_eq!(statement.time_zone, "Europe/Dublin");

    let turned = "/api/v1/statement?from=2026-11-30&to=2026-11-02";
    assert_eq!(ada.get(turned).await.code(), problem(422, "invalid"));
    let endless = "/api/v1/statement?from=2026-11-30";
    assert_eq!(ada.get(endless).await.code(), problem(422, "invalid"));
    let csv = turned.replace("statement?", "statement/csv?");
    assert_eq!(ada.get(&csv).await.code(), problem(422, "invalid"));
}

#[tokio::test]
async fn the_entries_of_a_figure_add_up_to_it() {
    let site = with_an_account().await;
    let ada = site.signed_in("ada").await;
    for (figure, sum) in [
        ("owed", 5700),
        ("overdue", 4500),
        ("credit", 250),
        ("held", 0),
        ("on_its_way", 0),
    ] {
        let path = format!("/api/v1/balance/entries?figure={figure}&currency=EUR");
        let page: Page<FigureEntry> = ada.get(&path).await.json();
        let found: i64 = page.data.iter().map(|entry| entry.amount.minor()).sum();
        assert_eq!(found, sum, "{figure}");
    }
    let unknown = "/api/v1/balance/entries?figure=luck&currency=EUR";
    assert_eq!(ada.get(unknown).await.code(), problem(422, "invalid"));
}

#[tokio::test]
async fn invoices_are_filtered_searched_and_sorted() {
    let site = with_an_account().await;
    let ada = site.signed_in("ada").await;
    for (query, found) in [
        ("", vec!["INV-9", "INV-10", "INV-1"]),
        ("state=overdue", vec!["INV-1"]),
        ("state=outstanding", vec!["INV-1", "INV-9", "INV-10"]),
        (
            "state=outstanding&sort=due_last",
            vec!["INV-10", "INV-9", "INV-1"],
        ),
        ("state=paid", vec![]),
        ("sort=number", vec!["INV-1", "INV-9", "INV-10"]),
        ("sort=number_down", vec!["INV-10", "INV-9", "INV-1"]),
        ("sort=largest", vec!["INV-1", "INV-9", "INV-10"]),
        (
            "sort=smallest&currency=EUR",
            vec!["INV-10", "INV-9", "INV-1"],
        ),
        ("currency=JPY", vec![]),
        ("search=inv-1", vec!["INV-10", "INV-1"]),
        ("search=VISIT", vec!["INV-9", "INV-10", "INV-1"]),
        ("search=%25", vec![]),
        ("search=_", vec![]),
        ("from=2026-11-02", vec![]),
        ("to=2026-11-01&service=Physio", vec![]),
    ] {
        assert_eq!(numbers(&ada, query).await, found, "{query}");
    }
    let page: Page<InvoiceSummary> = ada.get("/api/v1/invoices?state=overdue").await.json();
    // Nothing takes money here, and the list says so.
    assert!(!page.data[0].pay.allowed);
    assert_eq!(page.data[0].pay.amount.minor(), 4500);
}

#[tokio::test]
async fn totals_of_several_currencies_have_no_order() {
    let site = with_an_account().await;
    let eight = api_types::Money::from_minor(800, "JPY".parse().unwrap());
    site.add_money("ada", "PAY-J", eight).await;
    let ada = site.signed_in("ada").await;
    for list in ["invoices", "payments"] {
        let answer = ada.get(&format!("/api/v1/{list}?sort=largest")).await;
        assert_eq!(answer.code(), problem(422, "invalid"), "{list}");
        let told: api_types::Problem = answer.json();
        assert_eq!(told.field_errors["currency"].code, "missing");
        let path = format!("/api/v1/{list}?sort=largest&currency=JPY");
        assert_eq!(ada.get(&path).await.status, 200, "{list}");
    }
}

#[tokio::test]
async fn payments_are_filtered_searched_and_sorted() {
    let site = with_an_account().await;
    site.add_credit("ada", "PAY-2", -100).await;
    site.add_credit("ada", "PAY-3", 900).await;
    let ada = site.signed_in("ada").await;
    for (query, found) in [
        ("", vec!["PAY-3", "PAY-2", "PAY-1"]),
        ("sort=oldest", vec!["PAY-1", "PAY-2", "PAY-3"]),
        ("sort=largest", vec!["PAY-3", "PAY-1", "PAY-2"]),
        ("sort=smallest", vec!["PAY-2", "PAY-1", "PAY-3"]),
        ("kind=purchase", vec!["PAY-2"]),
        ("status=pending", vec![]),
        ("search=BANK", vec!["PAY-3", "PAY-2", "PAY-1"]),
        ("search=drawer", vec![]),
        ("from=2026-11-22", vec![]),
        (
            "to=2026-11-21&currency=EUR&kind=payment",
            vec!["PAY-3", "PAY-1"],
        ),
    ] {
        let page: Page<Payment> = ada.get(&format!("/api/v1/payments?{query}")).await.json();
        let ids: Vec<_> = page.data.iter().map(|row| row.id.as_str()).collect();
        assert_eq!(ids, found, "{query}");
    }
}

#[tokio::test]
async fn a_payment_tells_its_story_to_its_own_customer() {
    let site = with_an_account().await;
    let (ada, ben) = (site.signed_in("ada").await, site.signed_in("ben").await);
    let detail: PaymentDetail = ada.get("/api/v1/payments/PAY-1").await.json();
    let steps: Vec<_> = detail.story.iter().map(|step| step.kind).collect();
    assert_eq!(
        steps,
        [PaymentStepKind::Started, PaymentStepKind::Confirmed]
    );
    assert!(detail.receipt && !detail.can_cancel);
    assert_eq!(
        (detail.unallocated.minor(), detail.payment.refunded.minor()),
        (250, 0)
    );
    for path in [
        "/api/v1/payments/PAY-1",
        "/api/v1/payments/PAY-9",
        "/api/v1/credit-notes/C-1",
    ] {
        assert_eq!(
            ben.get(path).await.code(),
            problem(404, "not_found"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn the_first_screen_says_what_there_is_to_do() {
    let site = Site::with(|settings| settings.methods.push(transfer())).await;
    site.add_invoice("ada", "INV-1", "2026-11-20", 4500).await;
    site.add_invoice("ada", "INV-2", "2026-12-05", 1000).await;
    site.add_invoice("ada", "INV-3", "2026-12-06", 1000).await;
    let (ada, ben) = (site.signed_in("ada").await, site.signed_in("ben").await);
    let home: Home = ada.get("/api/v1/home").await.json();
    let to_do: Vec<_> = home
        .to_do
        .iter()
        .map(|to_do| match to_do {
            ToDo::PayInvoice {
                number, overdue, ..
            } => (number.as_str(), *overdue),
            other => panic!("{other:?}"),
        })
        .collect();
    // The last one is due in more than 14 days.
    assert_eq!(to_do, [("INV-1", true), ("INV-2", false)]);
    assert_eq!(home.to_do_count, 2);
    assert!(home.next_event.is_none() && home.services.is_empty());
    let empty: Home = ben.get("/api/v1/home").await.json();
    assert!(empty.to_do.is_empty() && empty.to_do_count == 0);
}
