//! What has changed, told to those who cannot see it.

use leptos::prelude::*;

/// The one polite live region. It stands on every screen from the start: a
/// region that comes together with its text is often not read out.
#[component]
pub fn LiveRegion(
    /// What to say; the same text twice in a row is said once.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    view! {
        <div class="visually-hidden" role="status" aria-live="polite" data-live-region="">
            {move || text.get()}
        </div>
    }
}
