//! `/sign-in`

use crate::browser::Browser;
use test_support::sample_data::{Customer, PASSWORD};

pub struct SignInPage<'a>(pub &'a Browser);

impl SignInPage<'_> {
    pub async fn fill(&self, email: &str, password: &str) {
        for (label, text) in [("Email", email), ("Password", password)] {
            let field = self.0.field(label).await;
            field.clear().await.unwrap();
            field.send_keys(text).await.unwrap();
        }
    }

    pub async fn press(&self) {
        self.0.button("Log In").await.click().await.unwrap();
    }

    /// Signs in and waits until the first screen stands.
    pub async fn sign_in(&self, customer: &Customer) {
        self.fill(customer.email, PASSWORD).await;
        self.press().await;
        self.0.find(".shell__nav").await;
    }
}
