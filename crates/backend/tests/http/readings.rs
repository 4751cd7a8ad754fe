//! What a customer reads: their own, unchanged where it is unchanged.

use api_types::{Balance, Invoice, InvoiceSummary, Page, Payment};

use test_support::{Answer, SignedIn, Site, get, problem};

const BALANCE: &str = "/api/v1/balance";

async fn again(ada: &SignedIn<'_>, path: &str, first: &Answer) -> u16 {
    let known = [("if-none-match", first.header("etag"))];
    let answer = ada.get_with(path, &known).await;
    if answer.status == 304 {
        assert!(answer.body.is_empty());
        assert_eq!(answer.header("etag"), first.header("etag"));
    }
    answer.status.as_u16()
}

#[tokio::test]
async fn a_customer_reads_their_balance_invoices_and_payments() {
    let site = Site::open().await;
    site.add_invoice("ada", "INV-1", "2026-11-20", 4500).await;
    site.add_invoice("ada", "INV-2", "2026-12-20", 1000).await;
    site.add_credit("ada", "PAY-1", 250).await;
    let ada = site.signed_in("ada").await;

    let answer = ada.get(BALANCE).await;
    assert_eq!(answer.header("cache-control"), "no-store");
    let balance: Balance = answer.json();
    let eur = &balance.currencies[0];
    assert_eq!((eur.owed.minor(), eur.overdue.minor()), (5500, 4500));
    assert_eq!((eur.credit.minor(), eur.net.minor()), (250, -5250));
    assert_eq!(balance.as_of.to_string(), "2026-11-21T12:00:00Z");

    let page: Page<InvoiceSummary> = ada.get("/api/v1/invoices").await.json();
    assert_eq!(page.data.len(), 2);
    assert_eq!(page.version, balance.version);
    let page: Page<InvoiceSummary> = ada
        .get("/api/v1/invoices?state=outstanding&limit=1")
        .await
        .json();
    assert_eq!(page.data[0].id.as_str(), "INV-1");
    let next = format!(
        "/api/v1/invoices?state=outstanding&limit=1&cursor={}",
        page.next_cursor.unwrap().0
    );
    let page: Page<InvoiceSummary> = ada.get(&next).await.json();
    assert_eq!(page.data[0].id.as_str(), "INV-2");
    let invoice: Invoice = ada.get("/api/v1/invoices/INV-1").await.json();
    assert!(invoice.overdue);
    assert_eq!(invoice.seller.name, "Harbour Clinic");
    let page: Page<Payment> = ada.get("/api/v1/payments").await.json();
    assert_eq!(page.data[0].total.minor(), 250);
}

#[tokio::test]
async fn what_is_somebody_elses_does_not_exist() {
    let site = Site::open().await;
    site.add_invoice("ada", "INV-1", "2026-11-20", 4500).await;
    let (ada, ben) = (site.signed_in("ada").await, site.signed_in("ben").await);
    let hers = ada.get("/api/v1/invoices/INV-1").await;
    assert_eq!(hers.status, 200);
    for id in ["INV-1", "INV-9", "..%2Fx", "a%20b"] {
        let answer = ben.get(&format!("/api/v1/invoices/{id}")).await;
        assert_eq!(answer.code(), problem(404, "not_found"), "{id}");
    }
    // Not even with a tag that was hers.
    assert_eq!(again(&ben, "/api/v1/invoices/INV-1", &hers).await, 404);
    let page: Page<InvoiceSummary> = ben.get("/api/v1/invoices").await.json();
    assert!(page.data.is_empty());
}

#[tokio::test]
async fn what_is_unchanged_is_not_sent_again() {
    let site = Site::open().await;
    site.add_invoice("ada", "INV-1", "2026-11-25", 4500).await;
    site.add_credit("ada", "PAY-1", 250).await;
    let ada = site.signed_in("ada").await;
    for path in [
        BALANCE,
        "/api/v1/invoices",
        "/api/v1/invoices?state=outstanding",
        "/api/v1/invoices/INV-1",
        "/api/v1/payments",
        "/api/v1/payments/PAY-1",
        "/api/v1/history",
        "/api/v1/statement?from=2026-11-01&to=2026-11-30",
        "/api/v1/balance/entries?figure=owed&currency=EUR",
        "/api/v1/home",
    ] {
        let first = ada.get(path).await;
        assert_eq!(again(&ada, path, &first).await, 304, "{path}");
    }
    // A 304 renews `as_of`, so its date is by the backend's clock.
    let first = ada.get(BALANCE).await;
    site.advance(1);
    let known = [("if-none-match", first.header("etag"))];
    let answer = ada.get_with(BALANCE, &known).await;
    assert_eq!(answer.header("date"), "Sat, 21 Nov 2026 12:01:00 GMT");
}

#[tokio::test]
async fn one_address_is_not_another() {
    let site = Site::open().await;
    let (ada, ben) = (site.signed_in("ada").await, site.signed_in("ben").await);
    let balance = ada.get(BALANCE).await;
    assert_eq!(again(&ada, "/api/v1/payments", &balance).await, 200);
    assert_eq!(again(&ben, BALANCE, &balance).await, 200);
}

#[tokio::test]
async fn a_change_and_a_new_day_are_sent() {
    let site = Site::open().await;
    site.add_invoice("ada", "INV-1", "2026-11-21", 4500).await;
    let ada = site.signed_in("ada").await;
    let first = ada.get(BALANCE).await;
    assert_eq!(first.json::<Balance>().currencies[0].overdue.minor(), 0);
    site.add_invoice("ada", "INV-2", "2026-12-20", 100).await;
    assert_eq!(again(&ada, BALANCE, &first).await, 200);

    // Nothing happens but midnight, to someone who signs in before it.
    site.advance(11 * 60 + 50);
    let ada = site.signed_in("ada").await;
    let evening = ada.get(BALANCE).await;
    site.advance(9);
    assert_eq!(again(&ada, BALANCE, &evening).await, 304);
    site.advance(1);
    assert_eq!(again(&ada, BALANCE, &evening).await, 200);
    let balance: Balance = ada.get(BALANCE).await.json();
    assert_eq!(balance.currencies[0].overdue.minor(), 4500);
}

#[tokio::test]
async fn a_query_that_cannot_be_read_is_refused() {
    let site = Site::open().await;
    let ada = site.signed_in("ada").await;
    for query in [
        "limit=many",
        "limit=0",
        "limit=201",
        "from=yesterday",
        "currency=euros",
        "cursor=made-up",
        "cursor=made%20up",
        "state=late",
        "sort=luck",
    ] {
        let answer = ada.get(&format!("/api/v1/invoices?{query}")).await;
        assert_eq!(answer.code(), problem(422, "invalid"), "{query}");
        let told: api_types::Problem = answer.json();
        let (field, _) = query.split_once('=').unwrap();
        let named: Vec<_> = told.field_errors.keys().collect();
        assert_eq!(named, [field], "{query}");
    }
}

#[tokio::test]
async fn a_word_that_is_not_in_a_closed_list_lists_nothing() {
    let site = Site::open().await;
    let ada = site.signed_in("ada").await;
    let days = "from=2026-11-21&to=2026-11-22";
    for (query, field) in [
        ("payments?status=late", "status"),
        ("payments?kind=gift", "kind"),
        ("payments?sort=unknown", "sort"),
        ("payments?currency=EURO", "currency"),
        ("payments/csv?status=late", "status"),
        ("history?order=random", "order"),
        ("balance/entries?figure=luck&currency=EUR", "figure"),
        ("events?list=someday", "list"),
        ("events?list=history&status=maybe", "status"),
        (&format!("calendar?{days}&zone=UTC&status=maybe"), "status"),
        (&format!("calendar?{days}&zone=Nowhere"), "zone"),
        (&format!("calendar?{days}&zone=../UTC"), "zone"),
        ("statement?from=2026-02-30&to=2026-03-01", "from"),
    ] {
        let answer = ada.get(&format!("/api/v1/{query}")).await;
        assert_eq!(answer.code(), problem(422, "invalid"), "{query}");
        let told: api_types::Problem = answer.json();
        assert_eq!(told.field_errors[field].code, "invalid", "{query}");
    }
    let usual = ada.get("/api/v1/invoices?utm_source=letter").await;
    assert_eq!(usual.status, 200, "fields that nobody knows are left aside");
}

#[tokio::test]
async fn the_last_day_of_the_calendar_is_a_day() {
    let site = Site::open().await;
    let ada = site.signed_in("ada").await;
    for list in ["invoices?", "payments?", "history?", "events?list=history&"] {
        for query in [
            "from=9999-12-31",
            "to=9999-12-31",
            "to=9999-12-30",
            "from=0000-01-01",
        ] {
            let answer = ada.get(&format!("/api/v1/{list}{query}")).await;
            assert_eq!(answer.status, 200, "{list}{query}");
        }
    }
}

#[tokio::test]
async fn the_portal_is_for_everyone() {
    let site = Site::with(|settings| settings.features.pay = false).await;
    let answer = site.send(get("/api/v1/portal")).await;
    let portal: api_types::Portal = answer.json();
    assert_eq!(portal.name, "Harbour Clinic");
    assert!(portal.methods.is_empty() && !portal.features.pay && !portal.test_mode);
}
