//! What customers do, from beginning to end.

mod accessible;
mod account;
mod booking;
mod boot;
mod by_keyboard;
mod calendar;
mod checkout_states;
mod chunks;
mod documents;
mod engines;
mod event;
mod feed;
mod focus;
mod headers;
mod hints;
mod history;
mod home;
mod invoices;
mod ladder;
mod limits;
mod make_payment;
mod pay;
mod payments;
mod providers;
mod right_to_left;
mod same_tab;
mod screens;
mod session;
mod twice;
mod window;

use crate::browser::{Browser, Engine};
use crate::pages::SignInPage;
use crate::site::Site;
use test_support::sample_data::{CUSTOMER, Customer};

/// A browser in which the first customer of the samples is signed in, on a page
/// that is marked, so that a reload would be noticed.
async fn signed_in(site: &Site) -> Browser {
    signed_in_as(site, &CUSTOMER).await
}

/// The same with somebody else.
async fn signed_in_as(site: &Site, customer: &Customer) -> Browser {
    let browser = Browser::start().await;
    sign_in(&browser, site, customer).await;
    browser
}

/// The first customer in another engine.
async fn signed_in_with(site: &Site, engine: Engine) -> Browser {
    let browser = Browser::start_in(engine).await;
    sign_in(&browser, site, &CUSTOMER).await;
    browser
}

async fn sign_in(browser: &Browser, site: &Site, customer: &Customer) {
    browser.goto(&site.portal).await;
    SignInPage(browser).sign_in(customer).await;
    browser.mark().await;
}
