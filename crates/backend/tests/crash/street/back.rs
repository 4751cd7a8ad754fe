//! Money goes back at the gateway, and what the backend makes of that.

use api_types::CustomerId;
use backend::db::{DbError, ReadTx, ledger};
use serde_json::Value;

use super::{API_KEY, BETWEEN_LOOKS, Street};
use crate::process::LONGEST;

impl Street {
    /// The merchant, or a bank, does something to a payment at the gateway.
    pub async fn merchant(&self, page: &str, deed: &str, body: Value) {
        let api = page.replace("/pay/", "/api/payments/");
        let call = self.browser.post(format!("{api}/{deed}"));
        let answer = call.bearer_auth(API_KEY).json(&body).send().await.unwrap();
        assert!(answer.status().is_success(), "{answer:?}");
    }

    /// What the gateway calls the first refund of a payment.
    pub async fn refund_at_the_gateway(&self, page: &str) -> String {
        let call = self.browser.get(page.replace("/pay/", "/api/payments/"));
        let answer = call.bearer_auth(API_KEY).send().await.unwrap();
        let payment: Value = answer.json().await.unwrap();
        payment["refunds"][0]["id"].as_str().unwrap().to_owned()
    }

    /// Waits until so many cents are owed.
    pub async fn until_owed(&self, cents: i64) {
        let wait = async {
            while self.owed_credit_and_pending().await.0 != cents {
                tokio::time::sleep(BETWEEN_LOOKS).await;
            }
        };
        let waited = tokio::time::timeout(LONGEST, wait).await;
        waited.unwrap_or_else(|_| panic!("it comes to owe {cents}"));
    }

    /// How many entries the ledger has.
    pub async fn entries(&self) -> u64 {
        let db = self.database().await;
        let customer = CustomerId::parse("ada").unwrap();
        let read = async |tx: &ReadTx| ledger::count(tx, &customer).await;
        let entries: Result<_, DbError> = db.read(read).await;
        db.close().await.unwrap();
        entries.unwrap()
    }
}
