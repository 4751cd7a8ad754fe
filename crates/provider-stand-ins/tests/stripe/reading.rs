//! Lists and expansion.

use crate::bench::{Bench, SESSIONS, id};

#[tokio::test]
async fn lists_that_cannot_be_are_refused() {
    let bench = Bench::open().await;
    for (query, status, code, param) in [
        ("limit=0", 400, "parameter_invalid_integer", "limit"),
        ("limit=101", 400, "parameter_invalid_integer", "limit"),
        ("limit=many", 400, "parameter_invalid_integer", "limit"),
        ("colour=red", 400, "parameter_unknown", "colour"),
        ("customer=cus_1", 400, "", "customer"),
        ("status=paid", 400, "", "status"),
        (
            "payment_intent=pi_no",
            404,
            "resource_missing",
            "payment_intent",
        ),
        (
            "starting_after=cs_no",
            404,
            "resource_missing",
            "starting_after",
        ),
        ("starting_after=a&ending_before=b", 400, "", ""),
        ("expand[]=payment_intent", 400, "", ""),
        (
            "expand[]=data.payment_intent.latest_charge.balance_transaction.source",
            400,
            "",
            "",
        ),
    ] {
        let answer = bench.get(&format!("{SESSIONS}?{query}")).await;
        let (own, _, own_code, own_param) = answer.refusal();
        assert_eq!(
            (own, own_code.as_str(), own_param.as_str()),
            (status, code, param),
            "{query}"
        );
    }
    let hint = bench
        .get(&format!("{SESSIONS}?expand[]=payment_intent"))
        .await;
    assert!(
        hint.message()
            .ends_with("try expanding 'data.payment_intent' instead.")
    );
}

#[tokio::test]
async fn lists_are_newest_first_and_a_page_at_a_time() {
    let bench = Bench::open().await;
    let mut ids = Vec::new();
    for _ in 0..5 {
        ids.push(bench.session().await);
    }
    ids.reverse();
    let page = |query: String| {
        let bench = &bench;
        async move {
            let list = bench.get(&format!("{SESSIONS}{query}")).await.good();
            assert_eq!(
                (&list["object"], &list["url"]),
                (&"list".into(), &SESSIONS.into())
            );
            let data = list["data"].as_array().unwrap();
            (
                data.iter().map(id).collect::<Vec<_>>(),
                list["has_more"] == true,
            )
        }
    };
    assert_eq!(page(String::new()).await, (ids.clone(), false));
    assert_eq!(page("?limit=2".into()).await, (ids[..2].to_vec(), true));
    let after = format!("?limit=2&starting_after={}", ids[1]);
    assert_eq!(page(after).await, (ids[2..4].to_vec(), true));
    let after = format!("?limit=2&starting_after={}", ids[3]);
    assert_eq!(page(after).await, (ids[4..].to_vec(), false));
    let before = format!("?limit=2&ending_before={}", ids[3]);
    assert_eq!(page(before).await, (ids[1..3].to_vec(), true));
    bench
        .post(&format!("{SESSIONS}/{}/expire", ids[0]), &[])
        .await
        .good();
    assert_eq!(
        page("?status=expired".into()).await,
        (ids[..1].to_vec(), false)
    );
}

#[tokio::test]
async fn what_belongs_to_a_payment_is_found_by_it() {
    let bench = Bench::open().await;
    bench.paid().await;
    let (session, intent) = bench.paid().await;
    let refund = bench
        .stripe
        .refund_in_dashboard(&intent, Some(100))
        .unwrap();
    let dispute = bench.stripe.dispute(&intent, None).unwrap();
    let charge = id(&bench.charge(&intent).await);
    for (path, found) in [
        (SESSIONS, &session),
        ("/v1/charges", &charge),
        ("/v1/refunds", &refund),
        ("/v1/disputes", &dispute),
    ] {
        let list = bench
            .get(&format!("{path}?payment_intent={intent}&limit=1"))
            .await
            .good();
        assert_eq!(list["data"].as_array().unwrap().len(), 1, "{path}");
        assert_eq!(&id(&list["data"][0]), found);
        assert_eq!(list["has_more"], false);
    }
}

#[tokio::test]
async fn expansion_goes_as_deep_as_it_is_asked() {
    let bench = Bench::open().await;
    let (session, intent) = bench.paid().await;
    let plain = bench.read_session(&session).await;
    assert_eq!(plain["payment_intent"], intent);
    let query = "expand[]=payment_intent&expand[]=customer&expand[]=payment_intent.latest_charge";
    let deep = bench
        .get(&format!("{SESSIONS}/{session}?{query}"))
        .await
        .good();
    assert!(deep["customer"].is_null());
    let charge = &deep["payment_intent"]["latest_charge"];
    assert_eq!(charge["object"], "charge");
    assert!(charge["balance_transaction"].is_string());
    let event = id(bench.stripe.events().last().unwrap());
    let read = bench.get(&format!("/v1/events/{event}")).await.good();
    assert_eq!(read["type"], "checkout.session.completed");
    let listed = bench.get("/v1/events?type=charge.succeeded").await.good();
    assert_eq!(listed["data"][0]["data"]["object"]["id"], charge["id"]);
}
