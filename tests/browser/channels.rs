//! The channel between tabs: others are heard, long texts and oneself are not.

use std::cell::RefCell;
use std::rc::Rc;

use portico::browser::messages;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::stage::until;

#[wasm_bindgen_test]
async fn a_tab_hears_the_others_and_neither_itself_nor_what_is_too_long() {
    let heard = Rc::new(RefCell::new(Vec::new()));
    let one = {
        let heard = Rc::clone(&heard);
        messages::from_channel("test", 10, move |it| heard.borrow_mut().push(it.text)).unwrap()
    };
    let other = messages::from_channel("test", 10, |_| {}).unwrap();
    one.post("to others");
    other.post("far too long");
    other.post("short");
    until(|| !heard.borrow().is_empty()).await;
    assert_eq!(*heard.borrow(), ["short"]);
}

#[wasm_bindgen_test]
async fn a_channel_that_is_dropped_is_silent() {
    let heard = Rc::new(RefCell::new(Vec::new()));
    let listen = |name: &'static str| {
        let heard = Rc::clone(&heard);
        messages::from_channel("test-2", 10, move |_| heard.borrow_mut().push(name)).unwrap()
    };
    let (gone, stays) = (listen("gone"), listen("stays"));
    drop(gone);
    let other = messages::from_channel("test-2", 10, |_| {}).unwrap();
    other.post("hello");
    until(|| !heard.borrow().is_empty()).await;
    assert_eq!(*heard.borrow(), ["stays"]);
    drop(stays);
}
