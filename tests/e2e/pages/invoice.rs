//! `/invoices/:id`

use crate::browser::Browser;

pub struct InvoicePage<'a>(pub &'a Browser);

impl InvoicePage<'_> {
    /// Follows the list to an invoice.
    pub async fn open(&self, id: &str) {
        self.0.link("Invoices").await.click().await.unwrap();
        self.0
            .find(&format!("[data-invoice='{id}']"))
            .await
            .click()
            .await
            .unwrap();
        self.0.find(".invoice_document").await;
    }

    pub async fn pay(&self) {
        self.0
            .button("Pay This Invoice")
            .await
            .click()
            .await
            .unwrap();
    }

    pub async fn status(&self) -> String {
        self.0.text_of(".page_heading .badge").await
    }

    /// A figure of the document, as plain decimal text.
    pub async fn figure(&self, part: &str) -> String {
        let amount = self
            .0
            .find(&format!(".invoice_document [data-part='{part}'] .amount"))
            .await;
        amount.attr("value").await.unwrap().unwrap_or_default()
    }

    /// What the checkout's panel says.
    pub async fn panel(&self) -> String {
        self.0.text_of(".checkout_panel").await
    }
}
