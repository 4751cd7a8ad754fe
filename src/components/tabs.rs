//! The parts of a place, as links.

use leptos::prelude::*;

/// One part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab {
    /// Where it is.
    pub href: String,
    /// What it is called.
    pub label: String,
    /// Whether it is on screen now.
    pub current: bool,
    /// How much there is in it, where that is known.
    pub count: Option<TabCount>,
}

/// How much there is in a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TabCount {
    /// The number.
    pub shown: u32,
    /// What is counted, for the ear.
    pub words: String,
}

/// Links to the parts of a place; the one on screen has `aria-current`.
#[component]
pub fn Tabs(
    /// What the parts are parts of, for a screen reader.
    #[prop(into)]
    name: String,
    /// The parts, in order.
    tabs: Vec<Tab>,
) -> impl IntoView {
    view! {
        <nav class="tabs" aria-label=name>
            <ul class="tabs__list">
                {tabs
                    .into_iter()
                    .map(|tab| {
                        view! {
                            <li>
                                <a
                                    class="tabs__tab"
                                    href=tab.href
                                    aria-current=tab.current.then_some("page")
                                >
                                    {tab.label}
                                    {tab.count.map(count)}
                                </a>
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
        </nav>
    }
}

fn count(count: TabCount) -> impl IntoView {
    view! {
        " "
        <span class="tabs__count">{count.shown}</span>
        <span class="visually-hidden">" "{count.words}</span>
    }
}
