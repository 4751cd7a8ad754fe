//! Checkouts: the customer's side. The window's own two calls are made by its
//! own small pages, which have no wasm.

use api_types::{ChangeMethod, Checkout, CheckoutId, CreateCheckout, CreateLaunch, Page};

use crate::{ApiError, Client, Transport};

impl<T: Transport + Clone> Client<T> {
    /// Starts a checkout. The key is made once per intent: sending the same
    /// again after a lost answer does not start another.
    pub async fn create_checkout(
        &self,
        key: &str,
        request: &CreateCheckout,
    ) -> Result<Checkout, ApiError> {
        self.post_once("/checkouts", key, request).await
    }

    /// The checkouts that are not over.
    pub async fn checkouts(&self) -> Result<Page<Checkout>, ApiError> {
        self.get("/checkouts").await
    }

    /// The truth about one checkout.
    pub async fn checkout(&self, id: &CheckoutId) -> Result<Checkout, ApiError> {
        self.get(&format!("/checkouts/{id}")).await
    }

    /// Turns back.
    pub async fn cancel_checkout(&self, id: &CheckoutId) -> Result<Checkout, ApiError> {
        self.post(&format!("/checkouts/{id}/cancel"), &serde_json::json!({}))
            .await
    }

    /// Pays the same another way: the open page is closed at its payment provider, and a new
    /// attempt takes its place. The key is made once per intent.
    pub async fn change_method(
        &self,
        id: &CheckoutId,
        key: &str,
        request: &ChangeMethod,
    ) -> Result<Checkout, ApiError> {
        self.post_once(&format!("/checkouts/{id}/attempts"), key, request)
            .await
    }

    /// Announces another window to the same checkout.
    pub async fn create_launch(
        &self,
        id: &CheckoutId,
        request: &CreateLaunch,
    ) -> Result<Checkout, ApiError> {
        self.post(&format!("/checkouts/{id}/launches"), request)
            .await
    }
}
