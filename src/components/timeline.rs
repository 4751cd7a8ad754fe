//! What happened one after another, as the story of a payment.

use api_types::Timestamp;
use leptos::prelude::*;

use crate::i18n;

/// How a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepTone {
    /// It happened.
    Done,
    /// It is awaited.
    Waiting,
    /// It went wrong.
    Bad,
}

impl StepTone {
    fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Waiting => "waiting",
            Self::Bad => "bad",
        }
    }
}

/// One step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimelineStep {
    /// When; `None` for what is still awaited.
    pub at: Option<Timestamp>,
    /// What happened, in a few words.
    pub title: String,
    /// More about it.
    pub body: Option<String>,
    /// What it is about, each with where that stands.
    pub links: Vec<TimelineLink>,
    /// How it stands.
    pub tone: StepTone,
}

/// Something that a step is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimelineLink {
    /// What it is, in words.
    pub words: String,
    /// Where it stands.
    pub href: String,
}

/// Steps in their order, each with its time.
#[component]
pub fn Timeline(
    /// What it is the story of, for a screen reader.
    #[prop(into)]
    name: String,
    /// The steps, the first one first.
    #[prop(into)]
    steps: Signal<Vec<TimelineStep>>,
) -> impl IntoView {
    view! {
        // Safari forgets that a list without marks is one; the role says it.
        <ol class="timeline" role="list" aria-label=name>
            {move || steps.get().into_iter().map(step).collect_view()}
        </ol>
    }
}

fn step(step: TimelineStep) -> impl IntoView {
    view! {
        <li class="timeline__step" data-tone=step.tone.name()>
            <p class="timeline__title">{step.title}</p>
            {step
                .at
                .map(|at| {
                    view! {
                        <p class="timeline__time">
                            <time datetime=at.to_string()>{i18n::instant(&at)}</time>
                        </p>
                    }
                })}
            {step.body.map(|body| view! { <p class="timeline__body">{body}</p> })}
            {step.links.into_iter().map(link).collect_view()}
        </li>
    }
}

fn link(link: TimelineLink) -> impl IntoView {
    view! {
        <p class="timeline__body">
            <a class="timeline__link" href=link.href>
                {link.words}
            </a>
        </p>
    }
}
