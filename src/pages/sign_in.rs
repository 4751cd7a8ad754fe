//! `/sign-in`

use api_client::ApiError;
use api_types::{CreateSession, Password};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::{
    Button, ButtonKind, Card, Field, FieldKind, Look, Notice, NoticeTone, PageHeading,
};
use crate::i18n::{key, t};
use crate::route::Route;
use crate::state::{SessionStatus, error_words, use_redirect, use_route, use_session, use_title};

/// What is wrong with what was typed, found before anything is sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Faults {
    email: Option<EmailFault>,
    password_missing: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum EmailFault {
    Missing,
    NoAddress,
}

impl Faults {
    fn of(email: &str, password: &str) -> Self {
        let email = email.trim();
        let email = match email.split_once('@') {
            _ if email.is_empty() => Some(EmailFault::Missing),
            Some((name, host)) if !name.is_empty() && !host.is_empty() => None,
            _ => Some(EmailFault::NoAddress),
        };
        Self {
            email,
            password_missing: password.is_empty(),
        }
    }

    fn any(self) -> bool {
        self.email.is_some() || self.password_missing
    }
}

/// `Email`, `Password`, `Log In`. What was typed stays whatever happens.
#[component]
pub fn SignInPage() -> impl IntoView {
    let session = use_session();
    let place = use_route();
    let redirect = use_redirect();
    use_title(|| t(key::sign_in::TITLE));
    Effect::new(move |_| {
        if session.session().is_some()
            && let Some(Route::SignIn { next }) = place.get_untracked()
        {
            redirect(&next.map_or(Route::Home, |next| *next));
        }
    });
    view! {
        <div class="sign_in">
            <PageHeading text=t(key::sign_in::HEADING) />
            <p class="sign_in__intro">{t(key::sign_in::INTRO)}</p>
            {move || {
                matches!(session.status(), SessionStatus::Guest { ended: true })
                    .then(|| {
                        view! { <Notice tone=NoticeTone::Waiting body=t(key::sign_in::ENDED_BODY) /> }
                    })
            }}
            <Card title=t(key::sign_in::TITLE) id="sign-in">
                <SignInForm />
            </Card>
        </div>
    }
    .into_any()
}

#[component]
fn SignInForm() -> impl IntoView {
    let session = use_session();
    let email = RwSignal::new(String::new());
    let password = RwSignal::new(String::new());
    let faults = RwSignal::new(Faults::default());
    let error = RwSignal::new(None::<ApiError>);
    let busy = RwSignal::new(false);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        faults.set(email.with_untracked(|email| {
            password.with_untracked(|password| Faults::of(email, password))
        }));
        error.set(None);
        if faults.get_untracked().any() {
            return;
        }
        busy.set(true);
        let request = CreateSession {
            email: email.get_untracked(),
            password: Password(password.get_untracked()),
        };
        spawn_local(async move {
            let outcome = session.sign_in(request).await;
            // A page that is gone takes no more answers.
            busy.try_set(false);
            error.try_set(outcome.err());
        });
    };
    let email_error = move || {
        faults.get().email.map(|fault| match fault {
            EmailFault::Missing => t(key::sign_in::ENTER_EMAIL),
            EmailFault::NoAddress => t(key::sign_in::INVALID_EMAIL),
        })
    };
    let password_error = move || {
        faults
            .get()
            .password_missing
            .then(|| t(key::sign_in::ENTER_PASSWORD))
    };
    view! {
        <form class="sign_in__form" novalidate=true on:submit=submit>
            {move || {
                error.get().map(|error| view! { <Notice tone=NoticeTone::Bad body=error_words(&error) /> })
            }}
            <Field
                label=t(key::sign_in::EMAIL)
                name="email"
                kind=FieldKind::Email
                value=email
                autocomplete="username"
                error=Signal::derive(email_error)
            />
            <Field
                label=t(key::sign_in::PASSWORD)
                name="password"
                kind=FieldKind::Password
                value=password
                autocomplete="current-password"
                error=Signal::derive(password_error)
            />
            <Button kind=ButtonKind::Submit look=Look::Primary busy=busy>
                {t(key::sign_in::LOG_IN)}
            </Button>
        </form>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_looked_at_before_it_is_sent() {
        for (email, password, fault, missing) in [
            ("ada@example.com", "secret", None, false),
            (" ada@example.com ", "secret", None, false),
            ("", "", Some(EmailFault::Missing), true),
            ("ada", "secret", Some(EmailFault::NoAddress), false),
            ("@example.com", "secret", Some(EmailFault::NoAddress), false),
        ] {
            let faults = Faults::of(email, password);
            assert_eq!(
                faults,
                Faults {
                    email: fault,
                    password_missing: missing
                },
                "{email}"
            );
        }
    }
}
