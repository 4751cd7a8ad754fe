//! Addresses are read back as they were written.

use api_types::{
    Currency, Cursor, Day, Figure, HistoryOrder, InvoiceFilter, InvoiceQuery, InvoiceSort,
    PaymentKind, PaymentSort, PaymentStatus,
};

use super::query::escape;
use super::*;

fn every_kind() -> Vec<Route> {
    let invoice = Route::Invoice(InvoiceId::parse("INV-2041").unwrap());
    let cursor = Some(Cursor("aW52b2ljZXM_b24-".to_owned()));
    let day = |text: &str| Some(text.parse::<Day>().unwrap());
    let euro = Currency::parse("EUR").unwrap();
    vec![
        Route::Home,
        Route::ACCOUNT,
        Route::Account {
            figure: Some(FigureQuery {
                figure: Figure::OnItsWay,
                currency: euro,
                cursor: cursor.clone(),
                limit: None,
            }),
        },
        Route::all_history(),
        Route::History(HistoryQuery {
            cursor: cursor.clone(),
            service: Some("Physio & more".to_owned()),
            from: day("2026-01-01"),
            to: day("2026-12-31"),
            outstanding: true,
            currency: Some(euro),
            order: Some(HistoryOrder::Oldest),
            limit: None,
        }),
        Route::Statement(StatementChoice {
            from: day("2026-01-01"),
            to: day("2026-03-31"),
            currency: Some(euro),
            cursor: None,
        }),
        Route::all_invoices(),
        Route::Invoices(InvoiceList {
            query: InvoiceQuery {
                cursor: cursor.clone(),
                state: Some(InvoiceFilter::Overdue),
                search: Some("50 % = half?".to_owned()),
                currency: Some(euro),
                service: Some("Yoga".to_owned()),
                from: day("2026-01-01"),
                to: None,
                sort: Some(InvoiceSort::Largest),
                limit: None,
            },
            columns: vec![InvoiceColumn::Total, InvoiceColumn::Number],
        }),
        invoice.clone(),
        Route::CreditNote(CreditNoteId::parse("CN-7").unwrap()),
        Route::all_payments(),
        Route::Payments(PaymentQuery {
            cursor,
            status: Some(PaymentStatus::Pending),
            kind: Some(PaymentKind::Refund),
            currency: Some(euro),
            search: Some("a b".to_owned()),
            from: None,
            to: day("2026-06-30"),
            sort: Some(PaymentSort::Smallest),
            limit: None,
        }),
        Route::Payment(PaymentId::parse("pay_1").unwrap()),
        Route::make_payment(),
        Route::MakePayment(PaymentChoice {
            via: Some(MethodId::parse("wallet").unwrap()),
            currency: Some(euro),
            amount: Some(Money::from_minor(50_000, euro)),
        }),
        Route::SignIn { next: None },
        Route::SignIn {
            next: Some(Box::new(invoice)),
        },
        Route::SignIn {
            next: Some(Box::new(Route::Home)),
        },
    ]
}

#[test]
fn every_route_is_read_back_from_its_address() {
    for route in every_kind() {
        let address = route.absolute();
        let (path, query) = address.split_once('?').unwrap_or((&address, ""));
        assert_eq!(Route::parse(path, query), Some(route), "{address}");
    }
}

#[test]
fn addresses_are_relative_to_the_base() {
    assert_eq!(Route::Home.href(), ".");
    assert_eq!(
        Route::Invoice(InvoiceId::parse("a").unwrap()).href(),
        "invoices/a"
    );
    assert_eq!(Route::ACCOUNT.absolute(), "/account");
}

#[test]
fn a_filter_that_is_no_filter_is_none() {
    for query in [
        "state=lost",
        "currency=euro",
        "from=yesterday",
        "columns=",
        "sort=unknown",
        "cursor=a%20page",
        "limit=1000",
        "sort=",
    ] {
        assert_eq!(
            Route::parse("/invoices", query),
            Some(Route::all_invoices()),
            "{query}"
        );
    }
    assert_eq!(
        Route::parse("/account", "figure=owed&currency=euro"),
        Some(Route::ACCOUNT)
    );
}

#[test]
fn the_usual_columns_are_not_told_and_none_comes_twice() {
    let list = InvoiceList::default();
    assert_eq!(list.visible_columns(), InvoiceColumn::USUAL);
    assert_eq!(list.with_columns(InvoiceColumn::USUAL.to_vec()), list);
    let Some(Route::Invoices(twice)) = Route::parse("/invoices", "columns=total.total.x.due")
    else {
        panic!("an address of invoices");
    };
    assert_eq!(
        twice.visible_columns(),
        [InvoiceColumn::Total, InvoiceColumn::Due]
    );
}

#[test]
fn signing_in_leads_nowhere_but_into_the_app() {
    for next in [
        "https://evil.example/",
        "//evil.example/account",
        "/\\evil.example",
        "javascript:alert(1)",
        "/sign-in",
        "/nowhere",
        "account",
    ] {
        let query = format!("next={}", escape(next));
        assert_eq!(
            Route::parse(SIGN_IN, &query),
            Some(Route::SignIn { next: None }),
            "{next}"
        );
    }
}

#[test]
fn an_address_that_the_app_does_not_have_is_none() {
    for path in ["/nowhere", "/invoices/a/b", "/invoices/..", "/account/x"] {
        assert_eq!(Route::parse(path, ""), None, "{path}");
    }
}
