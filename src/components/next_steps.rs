//! What happens next, one thing after another, and who does it.

use leptos::prelude::*;

/// One thing that happens or has to be done.
pub struct NextStep {
    title: String,
    body: Option<String>,
    content: Option<AnyView>,
}

impl NextStep {
    /// What it is, in a few words.
    pub fn new(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            body: None,
            content: None,
        }
    }

    /// More about it.
    #[must_use]
    pub fn saying(mut self, body: impl Into<String>) -> Self {
        self.body = Some(body.into());
        self
    }

    /// What is needed for it.
    #[must_use]
    pub fn with(mut self, content: impl IntoAny) -> Self {
        self.content = Some(content.into_any());
        self
    }
}

/// The steps, numbered.
#[component]
pub fn NextSteps(
    /// The steps, in order.
    steps: Vec<NextStep>,
) -> impl IntoView {
    let step = |step: NextStep| {
        view! {
            <li class="next_steps__step">
                <p class="next_steps__title">{step.title}</p>
                {step.body.map(|body| view! { <p class="next_steps__body">{body}</p> })}
                {step.content}
            </li>
        }
    };
    view! { <ol class="next_steps">{steps.into_iter().map(step).collect_view()}</ol> }
}
