//! One event.

use super::GatewayPage;
use super::gateway::PAYS;
use crate::browser::Browser;

pub struct EventPage<'a>(pub &'a Browser);

impl EventPage<'_> {
    /// Goes there within the app: from the calendar, by the event's date.
    pub async fn open_from(&self, list: &str, id: &str) {
        self.0.link("Calendar").await.click().await.unwrap();
        self.0.link(list).await.click().await.unwrap();
        let date = format!("[data-event='{id}'] a");
        self.0.find(&date).await.click().await.unwrap();
        self.shown(id).await;
    }

    /// Waits until it stands on the screen.
    pub async fn shown(&self, id: &str) {
        self.0
            .until("the address names the event", || async {
                self.0.address().await.ends_with(&format!("/events/{id}"))
            })
            .await;
        self.0.find(".event").await;
    }

    /// A figure of its money, as plain decimal text: `fee`, `deposit`, `paid`, `on_its_way` or
    /// `balance`.
    pub async fn figure(&self, name: &str) -> String {
        // It comes with the event, which may be read after its page stands.
        self.0.find(".event_money").await;
        let amounts = self
            .0
            .amounts(&format!(".event_money [data-figure='{name}']"))
            .await;
        amounts.into_iter().next().unwrap_or_default()
    }

    /// The word for the state of its money.
    pub async fn money_state(&self) -> String {
        self.0.text_of(".event_money .badge").await
    }

    /// Presses `Pay Your Event Balance`, and pays this much in the window that opens.
    pub async fn pay(&self, amount: &str) {
        let button = self.0.button("Pay Your Event Balance").await;
        button.click().await.unwrap();
        let gateway = GatewayPage::reach(self.0).await;
        self.0.until_text("main", amount).await;
        gateway.pay_with(PAYS).await;
        gateway.until_closed().await;
    }
}
