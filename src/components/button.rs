//! A button. One that is off keeps its place in the tab order, so that the
//! keyboard can come back to it and a reason can be read with it.

use leptos::prelude::*;

/// How much a button asks for attention.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    /// The one thing to do here.
    Primary,
    /// One of several things to do.
    #[default]
    Plain,
    /// A thing to do that should not draw the eye: no border.
    Quiet,
}

impl Look {
    /// The classes that make a button, or a link, look so.
    pub fn class(self) -> &'static str {
        match self {
            Self::Primary => "button button--primary",
            Self::Plain => "button",
            Self::Quiet => "button button--quiet",
        }
    }
}

/// What a button does in a form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// Nothing by itself.
    #[default]
    Press,
    /// It sends its form.
    Submit,
}

/// A button.
#[component]
pub fn Button(
    /// Called inside the click, unless the button is off or busy. A submit
    /// button may do without: its form hears of it.
    #[prop(optional, into)]
    on_press: Option<Callback<()>>,
    /// How much it asks for attention.
    #[prop(optional)]
    look: Look,
    /// Whether it sends its form.
    #[prop(optional)]
    kind: ButtonKind,
    /// Something that it started is still under way.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// It cannot be used now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Its id, where the keyboard has to come back to it.
    #[prop(optional, into)]
    id: Option<String>,
    /// The id of the text that says more about it.
    #[prop(optional, into)]
    described_by: Option<String>,
    /// Its label.
    children: Children,
) -> impl IntoView {
    let off = move || busy.get() || disabled.get();
    let press = move |event: leptos::ev::MouseEvent| {
        if off() {
            event.prevent_default();
        } else if let Some(on_press) = on_press {
            on_press.run(());
        }
    };
    let kind = if kind == ButtonKind::Submit {
        "submit"
    } else {
        "button"
    };
    view! {
        <button
            type=kind
            class=look.class()
            id=id
            aria-describedby=described_by
            aria-disabled=move || off().then_some("true")
            aria-busy=move || busy.get().then_some("true")
            on:click=press
        >
            {children()}
        </button>
    }
}
