//! `/payments`

use crate::browser::Browser;

pub struct PaymentsPage<'a>(pub &'a Browser);

impl PaymentsPage<'_> {
    pub async fn open(&self) {
        self.0.link("Payments").await.click().await.unwrap();
        self.0.find(".data_table__body .data_table__row").await;
    }

    /// The newest row, as it is read.
    pub async fn first_row(&self) -> String {
        self.0.text_of(".data_table__body .data_table__row").await
    }
}
