//! Checkouts: the customer's side. The window's own two calls are made by its
//! own small pages, which have no wasm.

use api_types::{ChangeMethod, Checkout, CheckoutId, CreateCheckout, CreateLaunch, Page};

use crate::{ApiError, Client, Transport};

impl<T: Transport + Clone> Client<T> {
    /// Starts a checkout. The key is made once per intent, so that sending it again after a lost
    /// answer does not start a second one.
    ///
    /// # Errors
    /// The request fails, or the server refuses it (see [`ApiError`]). It answers `checkout_open`
    /// if a checkout is open on the same items, `total_changed` if the total is no longer the one
    /// in the request, and `not_payable` if the items cannot be paid now.
    pub async fn create_checkout(
        &self,
        key: &str,
        request: &CreateCheckout,
    ) -> Result<Checkout, ApiError> {
        self.post_once("/checkouts", key, request).await
    }

    /// Reads the checkouts that have not ended.
    ///
    /// # Errors
    /// The request fails, or the server refuses it (see [`ApiError`]).
    pub async fn checkouts(&self) -> Result<Page<Checkout>, ApiError> {
        self.get("/checkouts").await
    }

    /// Reads the state of one checkout.
    ///
    /// # Errors
    /// The request fails, or the server refuses it (see [`ApiError`]). It answers `not_found` if
    /// the account has no such checkout.
    pub async fn checkout(&self, id: &CheckoutId) -> Result<Checkout, ApiError> {
        self.get(&format!("/checkouts/{id}")).await
    }

    /// Cancels a checkout.
    ///
    /// # Errors
    /// The request fails, or the server refuses it (see [`ApiError`]). It answers `checkout_over`
    /// if the customer has already pressed Pay, and `gateway_away` if the payment provider cannot
    /// be reached.
    pub async fn cancel_checkout(&self, id: &CheckoutId) -> Result<Checkout, ApiError> {
        self.post(&format!("/checkouts/{id}/cancel"), &serde_json::json!({}))
            .await
    }

    /// Changes how a checkout is paid: the open page is closed at its payment provider, and a new
    /// attempt takes its place. The key is made once per intent, so that sending it again after a
    /// lost answer makes only one attempt.
    ///
    /// # Errors
    /// The request fails, or the server refuses it (see [`ApiError`]). It answers `page_still_open`
    /// if the provider cannot close the open page, `checkout_over` if the customer has already
    /// pressed Pay there, `total_changed` if the total is no longer the one in the request, and
    /// `gateway_away` if the provider cannot be reached.
    pub async fn change_method(
        &self,
        id: &CheckoutId,
        key: &str,
        request: &ChangeMethod,
    ) -> Result<Checkout, ApiError> {
        self.post_once(&format!("/checkouts/{id}/attempts"), key, request)
            .await
    }

    /// Announces another window that will pay the same checkout.
    ///
    /// # Errors
    /// The request fails, or the server refuses it (see [`ApiError`]). It answers `checkout_over`
    /// if the checkout cannot be paid any more.
    pub async fn create_launch(
        &self,
        id: &CheckoutId,
        request: &CreateLaunch,
    ) -> Result<Checkout, ApiError> {
        self.post(&format!("/checkouts/{id}/launches"), request)
            .await
    }
}
