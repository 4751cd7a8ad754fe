//! What a list or a figure looks like while it is loading, when it could not be
//! loaded, when there is nothing, and when it is there.

use leptos::prelude::*;

use super::notice::{Notice, NoticeTone};
use super::skeleton::{Skeleton, SkeletonOf};

/// What there is to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoadStage {
    /// Nothing has come yet.
    Loading,
    /// It has come, and there is nothing in it.
    Empty,
    /// It has come.
    Ready,
}

/// One of the four states in the place of the content. A failure stands above
/// what was read before, which stays.
#[component]
pub fn LoadStates(
    /// What there is to show.
    #[prop(into)]
    stage: Signal<LoadStage>,
    /// Why the last reading failed.
    #[prop(into)]
    failure: Signal<Option<String>>,
    /// What is missing then, in words.
    #[prop(into)]
    failed_title: String,
    /// Reads again.
    #[prop(into)]
    on_retry: Callback<()>,
    /// The shape of the content while it is loading.
    skeleton: SkeletonOf,
    /// What to show when there is nothing in it.
    #[prop(into)]
    empty: ViewFn,
    /// The content. It is built once and reads what is new by itself.
    children: ChildrenFn,
) -> impl IntoView {
    let failed = Memo::new(move |_| failure.with(Option::is_some));
    let stage = Memo::new(move |_| stage.get());
    let why = Signal::derive(move || failure.get().unwrap_or_default());
    let notice = move || {
        failed.get().then(|| {
            view! {
                <Notice
                    tone=NoticeTone::Bad
                    title=failed_title.clone()
                    body=why
                    on_retry=on_retry
                />
            }
        })
    };
    let content = move || match stage.get() {
        LoadStage::Loading if failed.get() => ().into_any(),
        LoadStage::Loading => view! { <Skeleton of=skeleton /> }.into_any(),
        LoadStage::Empty => empty.run(),
        LoadStage::Ready => children().into_any(),
    };
    view! {
        {notice}
        {content}
    }
}
