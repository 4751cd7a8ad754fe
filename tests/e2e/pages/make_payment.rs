//! `/payments/new`

use crate::browser::Browser;

pub struct MakePaymentPage<'a>(pub &'a Browser);

impl MakePaymentPage<'_> {
    /// Goes there as a customer does: by the button on the list of payments.
    pub async fn open(&self) {
        self.0.link("Payments").await.click().await.unwrap();
        self.0.link("Make Payment").await.click().await.unwrap();
        self.0.field("Amount").await;
    }

    pub async fn choose(&self, label: &str, option: &str) {
        self.0.choose(label, option).await;
    }

    pub async fn type_amount(&self, amount: &str) {
        let field = self.0.field("Amount").await;
        field.clear().await.unwrap();
        field.send_keys(amount).await.unwrap();
    }

    pub async fn pay(&self) {
        self.0.find("#make-payment").await.click().await.unwrap();
    }

    /// What is said of the payment before it is made.
    pub async fn terms(&self) -> String {
        self.0.text_of(".pay_notice").await
    }
}
