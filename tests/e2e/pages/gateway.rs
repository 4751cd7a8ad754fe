//! The payment provider's page, in its own window on its own origin.

use thirtyfour::WindowHandle;

use crate::browser::Browser;

pub const PAYS: &str = "4242424242424242";
pub const DECLINED: &str = "4000000000000002";
pub const PENDING: &str = "4000000000000259";
pub const WALLET_PAYS: &str = "09005554242";
pub const SLOW: &str = "4000000000003220";

/// The window of a payment; `portal` is the handle to go back to.
pub struct GatewayPage<'a> {
    browser: &'a Browser,
    portal: WindowHandle,
}

impl<'a> GatewayPage<'a> {
    /// Goes to the payment window and waits until it has come to the provider.
    pub async fn reach(browser: &'a Browser) -> Self {
        let portal = browser.to_new_window().await;
        browser.field("Card Number").await;
        Self { browser, portal }
    }

    /// The page of the window that is in front, which is there already.
    pub fn in_front(browser: &'a Browser, portal: &WindowHandle) -> Self {
        Self {
            browser,
            portal: portal.clone(),
        }
    }

    /// Goes to the payment window and waits for the wallet's page.
    pub async fn reach_wallet(browser: &'a Browser) -> Self {
        let portal = browser.to_new_window().await;
        browser.field("Wallet Number").await;
        Self { browser, portal }
    }

    /// Approves the payment in the wallet.
    pub async fn approve_wallet(&self) {
        let number = self.browser.field("Wallet Number").await;
        number.send_keys(WALLET_PAYS).await.unwrap();
        let approve = self.browser.button("Approve Payment").await;
        self.browser.click_to_leave(&approve).await;
    }

    /// Types a card and presses `Pay Now`.
    pub async fn pay_with(&self, card: &str) {
        for (label, text) in [
            ("Card Number", card),
            ("Expiry Date", "12/40"),
            ("Security Code", "123"),
        ] {
            let field = self.browser.field(label).await;
            field.clear().await.unwrap();
            field.send_keys(text).await.unwrap();
        }
        let pay = self.browser.button("Pay Now").await;
        self.browser.click_to_leave(&pay).await;
    }

    /// Goes back to the portal's window and leaves this one as it is.
    pub async fn leave(&self) {
        self.browser
            .driver
            .switch_to_window(self.portal.clone())
            .await
            .unwrap();
    }

    /// Goes back to the portal and waits until this window has closed by itself.
    pub async fn until_closed(&self) {
        self.leave().await;
        self.browser
            .until("the payment window has closed", || async {
                self.browser.windows().await == 1
            })
            .await;
    }
}
