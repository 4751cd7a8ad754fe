//! A reading of the server's in one of its states: loading, failed, empty, there.

use api_types::Versioned;
use leptos::prelude::*;

use crate::components::{LoadStage, LoadStates, SkeletonOf};
use crate::state::{Loaded, error_words};

/// What has been read, or what stands in its place. A failure stands above what
/// was read before.
#[component]
pub fn Reading<V>(
    /// What is read.
    loaded: Loaded<V>,
    /// What is missing if it cannot be read, in words.
    #[prop(into)]
    failed_title: String,
    /// The shape of it while it is loading.
    skeleton: SkeletonOf,
    /// Whether there is nothing in it.
    #[prop(default = |_| false)]
    is_empty: fn(&V) -> bool,
    /// What to show then.
    #[prop(optional, into)]
    empty: ViewFn,
    /// What to show of it. It is built once and reads what is new by itself.
    children: ChildrenFn,
) -> impl IntoView
where
    V: Versioned + Clone + Send + Sync + 'static,
{
    let stage = move || match loaded.of(is_empty) {
        None => LoadStage::Loading,
        Some(true) => LoadStage::Empty,
        Some(false) => LoadStage::Ready,
    };
    view! {
        <LoadStates
            stage=Signal::derive(stage)
            failure=Signal::derive(move || loaded.error().as_ref().map(error_words))
            failed_title=failed_title
            on_retry=Callback::new(move |()| loaded.retry())
            skeleton=skeleton
            empty=empty
        >
            {children()}
        </LoadStates>
    }
}
