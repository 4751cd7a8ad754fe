//! `/account`

use crate::browser::Browser;

pub struct AccountPage<'a>(pub &'a Browser);

impl AccountPage<'_> {
    pub async fn open(&self) {
        self.0.link("My Account").await.click().await.unwrap();
        self.0.find(".balance_card").await;
    }

    /// The figure of a currency's card: `figure`, or one of its parts.
    pub async fn minor_figure(&self, currency: &str, part: &str) -> String {
        let place = match part {
            "figure" => ".balance_card__figure".to_owned(),
            part => format!("[data-part='{part}']"),
        };
        let selector = format!(".balance_card[data-currency='{currency}'] {place} .amount");
        let amount = self.0.find(&selector).await;
        amount.attr("value").await.unwrap().unwrap_or_default()
    }
}
