//! `/calendar/request`, and the times of `/calendar/events/:id/move`.

use crate::browser::Browser;

pub struct RequestPage<'a>(pub &'a Browser);

impl RequestPage<'_> {
    /// Goes there by the calendar, and chooses a service.
    pub async fn open(&self, service: &str) {
        self.0.link("Calendar").await.click().await.unwrap();
        self.0
            .link("Request an Event with Harbour Clinic")
            .await
            .click()
            .await
            .unwrap();
        self.0.field("Service").await;
        self.0.choose("Service", service).await;
        self.0.find("[data-time]").await;
    }

    /// Chooses the first time on screen, and says which that is.
    pub async fn choose_first_time(&self) -> String {
        let first = self.0.find("[data-time]").await;
        let time = first.attr("data-time").await.unwrap().unwrap_or_default();
        first.click().await.unwrap();
        time
    }

    /// Chooses the same time as somebody else.
    pub async fn choose_time(&self, time: &str) {
        let selector = format!("[data-time='{time}']");
        self.0.find(&selector).await.click().await.unwrap();
    }

    /// Asks for what is chosen.
    pub async fn request(&self) {
        self.0.button("Request").await.click().await.unwrap();
    }
}
