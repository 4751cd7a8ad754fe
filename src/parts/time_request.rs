//! Sending the request for a time: once, whatever is pressed, and with nothing lost
//! when it is refused.

use std::future::Future;

use api_client::ApiError;
use api_types::{Code, Event};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::time_picker::NO_TIME;
use super::time_search::TimeSearch;
use crate::components::focus_field;
use crate::route::Route;
use crate::state::{Api, RequestKey, use_api, use_live, use_redirect, use_session};

/// A request for the time that is chosen in a search.
pub struct TimeRequest<W: Send + Sync + 'static> {
    /// It is under way, or fulfilled.
    pub busy: RwSignal<bool>,
    /// Why the last one was refused, unless the time itself was why.
    pub refused: RwSignal<Option<ApiError>>,
    key: RequestKey<W>,
    search: TimeSearch,
}

impl<W: Send + Sync + 'static> Clone for TimeRequest<W> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<W: Send + Sync + 'static> Copy for TimeRequest<W> {}

impl<W: Clone + PartialEq + Send + Sync + 'static> TimeRequest<W> {
    /// A request out of a search. `busy` says whether it is under way: a page that would go when
    /// what it shows changes holds it, and stays until the answer has come.
    pub fn new(search: TimeSearch, busy: RwSignal<bool>) -> Self {
        Self {
            busy,
            refused: RwSignal::new(None),
            key: RequestKey::new(),
            search,
        }
    }

    /// Makes the function that sends a request by `call` and, when it is fulfilled, goes to the
    /// event in the place of this page.
    pub fn sender<F, Fut>(self, call: F) -> impl Fn(W) + Clone + Send + Sync + 'static
    where
        F: Fn(Api, String, W) -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output = Result<Event, ApiError>> + 'static,
    {
        let (api, live, session) = (use_api(), use_live(), use_session());
        let redirect = use_redirect();
        move |request: W| {
            self.busy.set(true);
            self.refused.set(None);
            let answer = call(api.get(), self.key.of(&request), request);
            let redirect = redirect.clone();
            spawn_local(async move {
                match answer.await {
                    Ok(event) => {
                        live.refresh();
                        // The customer may have gone on: then nothing takes them back.
                        if self.busy.try_get_untracked().is_some() {
                            redirect(&Route::Event(event.event.id));
                        }
                    }
                    Err(error) => {
                        session.notice(&error);
                        self.key.refused(&error);
                        if self.busy.try_set(false).is_none() {
                            self.handle_error(error);
                        }
                    }
                }
            });
        }
    }

    fn handle_error(self, error: ApiError) {
        if error.code() == Some(Code::TimeTaken) {
            self.search.is_taken();
            focus_field(NO_TIME);
        } else {
            self.refused.set(Some(error));
        }
    }

    /// A time is needed, and none is chosen.
    pub fn lacks_time(self) {
        self.search.is_missing();
        focus_field(NO_TIME);
    }
}
