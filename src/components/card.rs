//! A sheet on the canvas, with a heading and perhaps a link. Never a card in a card.

use leptos::prelude::*;

/// A card with a second-level heading.
#[component]
pub fn Card(
    /// The heading; it names the section too.
    #[prop(into)]
    title: Signal<String>,
    /// A name for ids, unique on the page.
    id: &'static str,
    /// Where the link beside the heading goes, and what it says.
    #[prop(optional)]
    more: Option<(String, String)>,
    /// The body; `.card__body` gives it the card's padding, lists go without.
    children: Children,
) -> impl IntoView {
    let heading_id = format!("{id}-heading");
    let labelled_by = heading_id.clone();
    view! {
        <section class="card" id=id aria-labelledby=labelled_by>
            <header class="card__header">
                <h2 class="card__title" id=heading_id>
                    {move || title.get()}
                </h2>
                {more
                    .map(|(href, label)| {
                        view! {
                            <a class="card__more" href=href>
                                {label}
                            </a>
                        }
                    })}
            </header>
            {children()}
        </section>
    }
}
