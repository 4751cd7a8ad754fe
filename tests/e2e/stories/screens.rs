//! Every screen and state that is built, one after another; what is looked at
//! on each is the caller's.

use thirtyfour::WindowHandle;

use crate::browser::Browser;
use crate::pages::gateway::DECLINED;
use crate::pages::{GatewayPage, InvoicePage, MakePaymentPage, SignInPage};
use crate::site::Site;
use test_support::sample_data::{
    CUSTOMER, EMPTY_CUSTOMER, OPEN_INVOICE, PAID_INVOICE, SampleInvoice,
};

/// What is done on every screen.
pub trait Look {
    async fn at(&mut self, browser: &Browser, screen: &str);
}

/// Walks all screens. Each stands still, loaded, when it is looked at.
pub async fn walk(site: &Site, browser: &Browser, look: &mut impl Look) {
    guest(site, browser, look).await;
    browser.goto(&site.portal).await;
    SignInPage(browser).sign_in(&CUSTOMER).await;
    for (screen, path, ready) in [
        ("home", "", ".to_do_row"),
        ("account", "account", ".balance_card"),
        (
            "account-figure",
            "account?figure=owed&currency=EUR",
            "#figure .data_table__cell",
        ),
        ("history", "account/history", ".data_table__cell"),
        ("statement", "account/statement", ".invoice_document"),
        ("credit-note", "credit-notes/HCC-018", ".invoice_document"),
        ("invoices", "invoices", ".data_table__cell"),
        (
            "invoices-to-pay",
            "invoices?state=outstanding",
            ".data_table__cell",
        ),
        ("invoice", &invoice(&OPEN_INVOICE), ".invoice_document"),
        ("invoice-paid", &invoice(&PAID_INVOICE), ".invoice_document"),
        ("invoices-none", "invoices?search=nothing", ".empty_state"),
        ("payments", "payments", ".data_table__cell"),
        ("payment", "payments/P-10178", ".invoice_document"),
        ("payment-pending", "payments/P-10190", ".invoice_document"),
        ("make-payment", "payments/new", "#payment-amount"),
        (
            "make-payment-express",
            "payments/new?via=express",
            "#payment-amount",
        ),
        (
            "make-payment-wallet",
            "payments/new?via=wallet",
            "#make-payment-option",
        ),
        (
            "make-payment-transfer",
            "payments/new?via=transfer",
            "#payment-amount",
        ),
        ("calendar", "calendar", ".event_row"),
        ("calendar-history", "calendar/history", ".event_row"),
        ("calendar-none", "calendar?service=Nothing", ".empty_state"),
        ("month", "calendar/month", ".month_grid"),
        ("week", "calendar/week", ".week_grid"),
        ("event", "calendar/events/E-1015", ".event_money"),
        ("event-deposit", "calendar/events/E-1102", ".event_money"),
        ("event-invoiced", "calendar/events/E-1009", ".event_money"),
        ("event-abroad", "calendar/events/E-1101", ".event_money"),
        (
            "event-held-documents",
            "calendar/events/E-1202",
            "#event-documents",
        ),
        ("event-requested", "calendar/events/E-1203", ".event"),
        ("event-declined", "calendar/events/E-1204", ".event"),
        ("event-all-day", "calendar/events/E-1201", ".event"),
        (
            "request",
            "calendar/request?service=Hydrotherapy",
            ".time_picker [data-time]",
        ),
        (
            "move",
            "calendar/events/E-1017/move",
            ".time_picker [data-time]",
        ),
        ("feed", "calendar/feed", "#feed"),
        ("not-found", "nowhere", ".empty_state"),
    ] {
        browser.goto(&format!("{}/{path}", site.portal)).await;
        browser.find(ready).await;
        browser.find(".shell__nav").await;
        look.at(browser, screen).await;
    }
    browser.find("#account-menu").await.click().await.unwrap();
    browser.button("Log Out").await;
    look.at(browser, "account-menu").await;
    wrong_amount(site, browser, look).await;
    transfer(site, browser, look).await;
    checkout(site, browser, look).await;
    sign_out(browser).await;
    empty(site, browser, look).await;
}

async fn guest(site: &Site, browser: &Browser, look: &mut impl Look) {
    browser.goto(&site.portal).await;
    browser.field("Email").await;
    look.at(browser, "sign-in").await;
    SignInPage(browser).press().await;
    browser.find("#email-error").await;
    look.at(browser, "sign-in-errors").await;
    SignInPage(browser)
        .fill("nobody@example.com", "a wrong password")
        .await;
    SignInPage(browser).press().await;
    browser.find("[role=alert]").await;
    look.at(browser, "sign-in-wrong").await;
    for page in ["launch", "return"] {
        browser.goto(&format!("{}/pay/{page}", site.portal)).await;
        browser.find("h1").await;
        look.at(browser, &format!("pay-{page}")).await;
    }
}

async fn wrong_amount(site: &Site, browser: &Browser, look: &mut impl Look) {
    browser
        .goto(&format!("{}/payments/new?via=express", site.portal))
        .await;
    let form = MakePaymentPage(browser);
    form.type_amount("1").await;
    form.pay().await;
    browser.find("#payment-amount-error").await;
    look.at(browser, "make-payment-wrong").await;
    form.type_amount("100").await;
    browser.find(".pay_notice").await;
    look.at(browser, "make-payment-terms").await;
}

async fn transfer(site: &Site, browser: &Browser, look: &mut impl Look) {
    browser
        .goto(&format!("{}/payments/new?via=transfer", site.portal))
        .await;
    let form = MakePaymentPage(browser);
    form.type_amount("20").await;
    form.pay().await;
    browser
        .until_text(".checkout_panel", "Send your transfer")
        .await;
    look.at(browser, "transfer").await;
    browser.press_in(".checkout_panel", "Cancel").await;
    browser
        .until_text(".checkout_panel", "Payment cancelled")
        .await;
}

async fn checkout(site: &Site, browser: &Browser, look: &mut impl Look) {
    browser
        .goto(&format!("{}/{}", site.portal, invoice(&OPEN_INVOICE)))
        .await;
    InvoicePage(browser).pay().await;
    let gateway = GatewayPage::reach(browser).await;
    gateway.leave().await;
    browser
        .until_text(".checkout_panel", "Finish in the payment window")
        .await;
    look.at(browser, "checkout-open").await;
    browser.goto(&format!("{}/account", site.portal)).await;
    browser
        .until_text(".checkout_panel", "A payment is open")
        .await;
    browser.find(".balance_card").await;
    look.at(browser, "account-checkout-open").await;
    other_window(browser).await;
    gateway.pay_with(DECLINED).await;
    browser.until_text("main", "declined").await;
    browser.click_to_leave(&browser.button("Back").await).await;
    gateway.until_closed().await;
    browser
        .until_text(".checkout_panel", "did not go through")
        .await;
    look.at(browser, "checkout-failed").await;
}

fn invoice(sample: &SampleInvoice) -> String {
    format!("invoices/{}", sample.id)
}

async fn other_window(browser: &Browser) -> WindowHandle {
    browser.to_new_window().await
}

async fn sign_out(browser: &Browser) {
    browser.find("#account-menu").await.click().await.unwrap();
    browser.button("Log Out").await.click().await.unwrap();
    browser.field("Email").await;
}

async fn empty(site: &Site, browser: &Browser, look: &mut impl Look) {
    SignInPage(browser).sign_in(&EMPTY_CUSTOMER).await;
    for path in [
        "",
        "calendar",
        "account",
        "account/history",
        "invoices",
        "payments",
    ] {
        browser.goto(&format!("{}/{path}", site.portal)).await;
        browser.find(".empty_state").await;
        let name = if path.is_empty() { "home" } else { path }.replace('/', "-");
        look.at(browser, &format!("{name}-empty")).await;
    }
}
