//! The one dialog: from below on a phone, in the middle on a desktop.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use crate::browser::dialog::Modal;
use crate::i18n::{key, t};

/// A dialog over the page. It only asks to be closed (Escape, a press beside
/// it, its button): whoever shows it decides, so that its state can live in the
/// address. Its content is built while it is open.
#[component]
pub fn Sheet(
    /// Its id, unique on the page.
    #[prop(into)]
    id: String,
    /// The heading; it names the dialog and takes the keyboard first.
    #[prop(into)]
    title: Signal<String>,
    /// Whether it is open.
    #[prop(into)]
    open: Signal<bool>,
    /// The customer wants it closed.
    #[prop(into)]
    on_close: Callback<()>,
    /// The id of what opens it, for when the keyboard was nowhere before.
    #[prop(optional, into)]
    opener: MaybeProp<String>,
    /// The buttons at its end.
    #[prop(optional, into)]
    actions: Option<ViewFn>,
    /// The content.
    children: ChildrenFn,
) -> impl IntoView {
    let heading_id = format!("{id}-title");
    let labelled_by = heading_id.clone();
    let open = Memo::new(move |_| open.get());
    show_while(open, id.clone(), heading_id.clone(), opener);
    let body = move || {
        open.get().then(|| {
            let actions = actions.clone();
            view! {
                <div class="sheet__body">{children()}</div>
                {actions.map(|actions| view! { <div class="sheet__actions">{actions.run()}</div> })}
            }
        })
    };
    // A drag that ends outside has not been a press there: it may have marked text.
    let pressed_beside = StoredValue::new(false);
    view! {
        <dialog
            class="sheet"
            id=id
            aria-labelledby=labelled_by
            on:cancel=move |event: leptos::ev::Event| {
                event.prevent_default();
                on_close.run(());
            }
            // A browser may close it without asking, as on a second Escape.
            on:close=move |_| {
                // The event comes late: the page may be gone by then.
                if open.try_get_untracked() == Some(true) {
                    on_close.run(());
                }
            }
            on:pointerdown=move |event| {
                pressed_beside.set_value(event.target() == event.current_target());
            }
            on:click=move |event| {
                if pressed_beside.get_value() && event.target() == event.current_target() {
                    on_close.run(());
                }
            }
        >
            <div class="sheet__panel">
                <header class="sheet__header">
                    <h2 class="sheet__title" id=heading_id tabindex="-1">
                        {move || title.get()}
                    </h2>
                    <button
                        type="button"
                        class="sheet__close"
                        aria-label=t(key::controls::CLOSE)
                        on:click=move |_| on_close.run(())
                    >
                        <Icon glyph=Glyph::Cross />
                    </button>
                </header>
                {body}
            </div>
        </dialog>
    }
}

/// Keeps the dialog open as long as the signal says so, and no longer than the
/// component stands.
fn show_while(open: Memo<bool>, id: String, first: String, opener: MaybeProp<String>) {
    let modal = StoredValue::new_local(None::<Modal>);
    Effect::new(move |_| {
        let is_open = open.get();
        let shown = modal.with_value(Option::is_some);
        if is_open && !shown {
            modal.set_value(Modal::open(&id, &first, opener.get_untracked()));
        } else if !is_open && shown {
            // Taken out first: what closing sets off may look here again.
            drop(modal.try_update_value(Option::take));
        }
    });
}
