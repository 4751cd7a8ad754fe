//! Making a checkout: what is asked, what is locked, and a provider that is slow or away.

use api_types::{
    Checkout, CheckoutFor, CheckoutStatus, DocumentState, FailureCode, NotPayable, Page,
};
use serde_json::{Value, json};

use test_support::{
    Behaviour, CHECKOUTS, CheckoutSite, FakeGateway, euro, for_balance, for_invoice, launch,
    open_site, problem, put_invoice, token,
};

#[tokio::test]
async fn a_checkout_opens_the_providers_page_for_what_is_owed() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let before = ada.balance().await.version;
    let asked = for_invoice("INV-1", euro("45.00"));
    let checkout = ada.create(&asked).await;
    assert_eq!(checkout.status, CheckoutStatus::Open);
    assert!(
        matches!(&checkout.pays_for, CheckoutFor::Invoice { invoice } if invoice.as_str() == "INV-1")
    );
    assert_eq!(checkout.items[0].number.as_deref(), Some("INV-1"));
    assert_eq!((checkout.total.minor(), checkout.items.len()), (4500, 1));
    assert_eq!(format!("http://{}", checkout.pay_host), site.gateway.url());
    assert!(checkout.can_cancel && !checkout.launched && checkout.payment.is_none());
    // Made, then open: two transactions.
    assert_eq!(checkout.version, before + 2);
    let half_an_hour = checkout.expires_at.as_millis() - checkout.created_at.as_millis();
    assert_eq!(half_an_hour, 30 * 60_000);

    let invoice = ada.invoice("INV-1").await;
    assert_eq!(invoice.pay.reason, Some(NotPayable::CheckoutOpen));
    assert_eq!(invoice.checkout.as_ref(), Some(&checkout.id));
    assert_eq!(invoice.money.remaining.minor(), 4500);
    let live: Page<Checkout> = ada.get(CHECKOUTS).await.json();
    assert_eq!(live.data, [ada.checkout(&checkout).await]);

    let [create] = &site.gateway.creates()[..] else {
        panic!("the provider is asked once");
    };
    let body: Value = serde_json::from_str(&create.body).unwrap();
    let reference = body["reference"].as_str().unwrap();
    let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
    assert!(reference.len() <= 20 && reference.bytes().all(plain));
    assert_eq!(create.key, reference);
    let back = format!("http://localhost:8080/api/v1/pay/{reference}/return?s=");
    assert!(body["return_url"].as_str().unwrap().starts_with(&back));
    assert_eq!(
        body["webhook_url"],
        "http://localhost:8080/api/v1/webhooks/sandbox"
    );
    assert_eq!(
        (&body["amount"], &body["currency"]),
        (&json!("45.00"), &json!("EUR"))
    );
    assert_eq!(body["description"], "INV-1");
    assert_eq!(
        (&body["merchant"], &body["expires_in"]),
        (&json!("Harbour Clinic"), &json!(1800))
    );
}

#[tokio::test]
async fn amounts_of_every_scale_are_exact_on_the_providers_wire() {
    let site = CheckoutSite::open().await;
    put_invoice(&site, "YEN", (120_000, "JPY"), DocumentState::Open).await;
    put_invoice(&site, "DINAR", (1_250, "KWD"), DocumentState::Open).await;
    let ada = site.ada().await;
    for (id, amount, code) in [("YEN", "120000", "JPY"), ("DINAR", "1.250", "KWD")] {
        let total = json!({"amount": amount, "currency": code});
        let checkout = ada.create(&for_invoice(id, total.clone())).await;
        let sent = site.gateway.newest();
        assert_eq!(
            (&sent["amount"], &sent["currency"]),
            (&total["amount"], &total["currency"])
        );
        site.gateway.pay(&site.gateway.reference(), amount);
        site.return_from_provider().await;
        assert_eq!(ada.checkout(&checkout).await.status, CheckoutStatus::Paid);
        assert!(ada.invoice(id).await.money.remaining.is_zero());
        let mut totals = ada
            .payments()
            .await
            .into_iter()
            .map(|payment| payment.total);
        let total = totals
            .find(|total| total.currency().code() == code)
            .unwrap();
        assert_eq!(total.amount_text(), amount);
    }
}

#[tokio::test]
async fn what_is_not_as_it_was_on_screen_is_refused() {
    let site = CheckoutSite::with_invoice().await;
    put_invoice(&site, "VOID", (4500, "EUR"), DocumentState::Void).await;
    let (ada, ben) = (site.ada().await, site.signed_in("ben").await);
    for (asked, expected) in [
        (
            for_invoice("INV-1", euro("44.99")),
            problem(409, "total_changed"),
        ),
        (
            for_invoice("INV-1", json!({"amount": "4500", "currency": "JPY"})),
            problem(409, "total_changed"),
        ),
        (for_balance(euro("45.01")), problem(409, "total_changed")),
        (
            for_balance(json!({"amount": "45", "currency": "JPY"})),
            problem(409, "not_payable"),
        ),
        (
            for_invoice("INV-1", json!({"amount": "45.00", "currency": "USD"})),
            problem(409, "total_changed"),
        ),
        (
            for_invoice("VOID", euro("45.00")),
            problem(409, "not_payable"),
        ),
        (
            for_invoice("INV-9", euro("45.00")),
            problem(404, "not_found"),
        ),
    ] {
        assert_eq!(ada.ask(&asked).await.code(), expected, "{asked}");
    }
    let hers = ben.ask(&for_invoice("INV-1", euro("45.00"))).await;
    assert_eq!(hers.code(), problem(404, "not_found"));
    assert_eq!(site.gateway.creates(), []);
}

#[tokio::test]
async fn the_method_and_the_token_have_to_be_good() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let bad = |name: &str, value: &str| {
        let mut asked = for_invoice("INV-1", euro("45.00"));
        asked[name] = json!(value);
        asked
    };
    for (key, asked, field) in [
        ("1", bad("method", "cheque"), "method"),
        ("2", bad("launch_token", "short"), "launch_token"),
        ("3", bad("launch_token", &"x".repeat(43)), "launch_token"),
    ] {
        let request = ada.request_to_write(CHECKOUTS, key, &asked.to_string());
        let answer = site.send(request).await;
        assert_eq!(answer.code(), problem(422, "invalid"));
        let problem: api_types::Problem = answer.json();
        assert!(problem.field_errors.contains_key(field), "{field}");
    }
    // A token that has been used leads to what it was first used for, and nowhere else.
    let first = for_invoice("INV-1", euro("45.00"));
    let checkout = ada.create(&first).await;
    ada.cancel(&checkout).await;
    let request = ada.request_to_write(CHECKOUTS, "another-key", &first.to_string());
    let answer = site.send(request).await;
    assert_eq!(answer.code(), problem(422, "invalid"));
}

#[tokio::test]
async fn paying_that_is_switched_off_is_refused() {
    let gateway = FakeGateway::open().await;
    let site = open_site(&gateway.url(), |settings| settings.features.pay = false).await;
    let ada = site.signed_in("ada").await;
    let answer = ada.ask(&for_invoice("INV-1", euro("45.00"))).await;
    assert_eq!(answer.code(), problem(404, "feature_off"));
}

#[tokio::test]
async fn the_same_key_makes_one_checkout() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let asked = for_invoice("INV-1", euro("45.00"));
    let (first, again) = (ada.ask(&asked).await, ada.ask(&asked).await);
    assert_eq!((first.status.as_u16(), &first.body), (201, &again.body));
    assert_eq!(site.gateway.creates().len(), 1);
    let mut other = asked.clone();
    other["displayed_total"] = euro("45.01");
    let answer = ada.ask(&other).await;
    assert_eq!(answer.code(), problem(422, "key_reused"));
}

#[tokio::test]
async fn two_at_once_for_one_invoice_make_one_checkout() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let (one, two) = (
        for_invoice("INV-1", euro("45.00")),
        for_invoice("INV-1", euro("45.00")),
    );
    let (one, two) = tokio::join!(ada.ask(&one), ada.ask(&two));
    let (won, lost) = if one.status == 201 {
        (one, two)
    } else {
        (two, one)
    };
    assert_eq!(won.status, 201);
    assert_eq!(lost.code(), problem(409, "checkout_open"));
    let problem: api_types::Problem = lost.json();
    assert_eq!(problem.checkout, Some(won.json::<Checkout>().id));
    assert_eq!(site.gateway.creates().len(), 1);
}

#[tokio::test]
async fn a_balance_locks_every_invoice_in_it() {
    let site = CheckoutSite::with_invoice().await;
    site.add_invoice("ada", "INV-2", "2026-12-20", 1000).await;
    let ada = site.ada().await;
    let checkout = ada.create(&for_balance(euro("55.00"))).await;
    let items: Vec<_> = checkout
        .items
        .iter()
        .map(|item| item.amount.minor())
        .collect();
    assert_eq!(items, [4500, 1000]);
    for asked in [
        for_invoice("INV-1", euro("45.00")),
        for_invoice("INV-2", euro("10.00")),
        for_balance(euro("55.00")),
    ] {
        let problem: api_types::Problem = ada.ask(&asked).await.json();
        assert_eq!(problem.checkout.as_ref(), Some(&checkout.id), "{asked}");
    }
    assert_eq!(ada.in_euro().await.checkout, Some(checkout.id));
}

#[tokio::test]
async fn what_is_over_at_the_provider_does_not_stand_in_the_way() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let first = ada.pay_invoice().await;
    site.gateway
        .say(&site.gateway.reference(), json!({"status": "cancelled"}));
    let second = ada.pay_invoice().await;
    assert_ne!(first.id, second.id);
    assert_eq!(ada.checkout(&first).await.status, CheckoutStatus::Cancelled);

    // And what turns out to be paid is not paid again.
    site.gateway.pay(&site.gateway.reference(), "45.00");
    let answer = ada.ask(&for_invoice("INV-1", euro("45.00"))).await;
    assert_eq!(answer.code(), problem(409, "not_payable"));
    assert_eq!(ada.checkout(&second).await.status, CheckoutStatus::Paid);
}

#[tokio::test]
async fn a_slow_provider_does_not_hold_the_answer_back() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    site.gateway.hold();
    let asked = for_invoice("INV-1", euro("45.00"));
    let checkout = ada.create(&asked).await;
    assert_eq!(checkout.status, CheckoutStatus::Created);
    let answer: Value = launch(&site, &asked["launch_token"]).await.json();
    assert_eq!(answer, json!({"status": "wait"}));

    site.gateway.go_on();
    while ada.checkout(&checkout).await.status == CheckoutStatus::Created {
        tokio::task::yield_now().await;
    }
    assert_eq!(ada.checkout(&checkout).await.status, CheckoutStatus::Open);
    let answer: Value = launch(&site, &asked["launch_token"]).await.json();
    assert_eq!(answer["status"], "go");
    assert_eq!(site.gateway.creates().len(), 1);
}

#[tokio::test]
async fn a_provider_that_is_away_is_asked_again_in_the_same_words() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    site.gateway.mood(Behaviour::Away);
    let checkout = ada.pay_invoice().await;
    assert_eq!(checkout.status, CheckoutStatus::Created);
    site.seconds(4);
    site.look().await;
    site.gateway.mood(Behaviour::Works);
    // The next look is a few seconds off: asking is not hammering.
    site.look().await;
    assert_eq!(
        ada.checkout(&checkout).await.status,
        CheckoutStatus::Created
    );
    site.seconds(6);
    site.look().await;
    assert_eq!(ada.checkout(&checkout).await.status, CheckoutStatus::Open);
    let creates = site.gateway.creates();
    assert_eq!(creates.len(), 2);
    assert_eq!(creates[0], creates[1]);
}

#[tokio::test]
async fn an_answer_that_was_lost_is_found_by_the_reference() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    site.gateway.mood(Behaviour::LosesAnswers);
    let checkout = ada.pay_invoice().await;
    assert_eq!(checkout.status, CheckoutStatus::Created);
    site.gateway.mood(Behaviour::Works);
    site.seconds(4);
    site.look().await;
    assert_eq!(ada.checkout(&checkout).await.status, CheckoutStatus::Open);
    assert_eq!(site.gateway.creates().len(), 1);
}

#[tokio::test]
async fn a_provider_that_stays_away_ends_the_checkout() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    site.gateway.mood(Behaviour::Away);
    let checkout = ada.pay_invoice().await;
    for _ in 0..3 {
        site.seconds(50);
        site.look().await;
    }
    let checkout = ada.checkout(&checkout).await;
    assert_eq!(checkout.status, CheckoutStatus::Failed);
    assert_eq!(checkout.failure, Some(FailureCode::ProviderError));
    assert!(ada.payments().await.is_empty(), "no money was attempted");
    assert!(ada.invoice("INV-1").await.pay.allowed);
}

#[tokio::test]
async fn a_provider_that_refuses_ends_the_checkout_at_once() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    site.gateway.mood(Behaviour::Refuses);
    let checkout = ada.pay_invoice().await;
    assert_eq!(checkout.status, CheckoutStatus::Failed);
    assert_eq!(checkout.failure, Some(FailureCode::ProviderError));
    assert!(ada.invoice("INV-1").await.pay.allowed);
    site.seconds(60);
    site.look().await;
    assert_eq!((site.gateway.creates().len(), site.gateway.reads()), (1, 0));
}

#[tokio::test]
async fn a_checkout_is_its_customers_own() {
    let site = CheckoutSite::with_invoice().await;
    let (ada, ben) = (site.ada().await, site.signed_in("ben").await);
    let checkout = ada.pay_invoice().await;
    let path = format!("{CHECKOUTS}/{}", checkout.id);
    let none = problem(404, "not_found");
    assert_eq!(ben.get(&path).await.code(), none);
    assert_eq!(ben.cancel(&checkout).await.code(), none);
    let launches = format!("{path}/launches");
    let asked = json!({ "launch_token": token() });
    assert_eq!(ben.post(&launches, &asked).await.code(), none);
    let live: Page<Checkout> = ben.get(CHECKOUTS).await.json();
    assert!(live.data.is_empty());
}
