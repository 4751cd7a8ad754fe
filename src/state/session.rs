//! Who is signed in.

use api_client::ApiError;
use api_types::{Code, CreateSession, CustomerId, Session};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{ApiState, use_api};
use crate::browser::storage;

/// What is known of the session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SessionStatus {
    /// The server has not said yet.
    Asking,
    /// The server cannot be asked.
    Unknown(ApiError),
    /// Nobody is signed in.
    Guest {
        /// Somebody was a moment ago, and the session has ended by itself.
        ended: bool,
    },
    /// Somebody is.
    SignedIn(Session),
}

/// Who is signed in.
#[derive(Clone, Copy)]
pub struct SessionState {
    status: RwSignal<SessionStatus>,
    api: ApiState,
}

impl SessionState {
    /// What is known, to be read reactively.
    pub fn status(self) -> SessionStatus {
        self.status.get()
    }

    /// The session, if somebody is signed in.
    pub fn session(self) -> Option<Session> {
        self.status.with(|status| match status {
            SessionStatus::SignedIn(session) => Some(session.clone()),
            _ => None,
        })
    }

    /// Asks the server who is signed in.
    pub fn load(self) {
        let api = self.api.get();
        spawn_local(async move {
            match api.session().await {
                Ok(Some(session)) => self.enter(session),
                Ok(None) => self.leave(false),
                Err(error) => self.status.set(SessionStatus::Unknown(error)),
            }
        });
    }

    /// Signs in.
    ///
    /// # Errors
    /// The request fails, or the server refuses it (see [`ApiError`]), as it does when e-mail and
    /// password do not fit each other.
    pub async fn sign_in(self, request: CreateSession) -> Result<(), ApiError> {
        let session = self.api.get().create_session(&request).await?;
        self.enter(session);
        Ok(())
    }

    /// Signs out: the server ends the session, and this page forgets the person. If that fails,
    /// nothing changes, because a page that looked signed out would hide a session that is still
    /// open.
    ///
    /// # Errors
    /// The request fails, or the server refuses it (see [`ApiError`]).
    pub async fn sign_out(self) -> Result<(), ApiError> {
        self.api.get().delete_session().await?;
        self.leave(false);
        Ok(())
    }

    /// Looks at an error for news about the session.
    pub fn notice(self, error: &ApiError) {
        match error.code() {
            Some(Code::SignedOut) => {
                let was_in = self
                    .status
                    .with_untracked(|status| matches!(status, SessionStatus::SignedIn(_)));
                if was_in {
                    self.leave(true);
                }
            }
            // Somebody else has signed in in another tab.
            Some(Code::PersonChanged) => self.load(),
            _ => {}
        }
    }

    /// The server said that the session has ended.
    pub fn ended(self) {
        self.leave(true);
    }

    fn enter(self, session: Session) {
        self.forget_all_but(Some(&session.customer));
        self.api.set_person(Some(session.customer.clone()));
        self.status.set(SessionStatus::SignedIn(session));
    }

    fn leave(self, ended: bool) {
        self.forget_all_but(None);
        self.api.set_person(None);
        self.status.set(SessionStatus::Guest { ended });
    }

    /// Forgets who was signed in, unless it is the same person again. Somebody who comes back from
    /// the payment provider was not signed in on this page yet, and is still to find the way.
    fn forget_all_but(self, person: Option<&CustomerId>) {
        let is_another = self.status.with_untracked(
            |status| matches!(status, SessionStatus::SignedIn(last) if Some(&last.customer) != person),
        );
        if is_another {
            storage::forget_personal();
        }
    }
}

/// Asks who is signed in.
pub fn provide_session() -> SessionState {
    let state = SessionState {
        status: RwSignal::new(SessionStatus::Asking),
        api: use_api(),
    };
    provide_context(state);
    state.load();
    state
}

/// Who is signed in.
pub fn use_session() -> SessionState {
    expect_context()
}
