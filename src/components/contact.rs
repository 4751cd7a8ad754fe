//! How to reach the provider.

use api_types::Support;
use leptos::prelude::*;

use super::card::Card;
use super::icon::{Glyph, Icon};
use crate::i18n::{fill, key, t};

/// The provider's e-mail address, telephone number and help page; nothing where
/// there is none of them.
#[component]
pub fn Contact(
    /// The provider's name.
    #[prop(into)]
    portal: Signal<String>,
    /// How to reach them.
    #[prop(into)]
    support: Signal<Support>,
) -> impl IntoView {
    let title = Signal::derive(move || {
        portal.with(|portal| fill(key::common::SUPPORT, [("name", portal)]))
    });
    move || {
        let Support { email, phone, url } = support.get();
        let none = email.is_none() && phone.is_none() && url.is_none();
        (!none).then(|| {
            view! {
                <Card title=title id="contact">
                    <ul class="contact" role="list">
                        {email.map(|email| way(format!("mailto:{email}"), Glyph::Mail, email))}
                        {phone.map(|phone| way(telephone(&phone), Glyph::Phone, phone))}
                        {url.map(|url| way(url, Glyph::Info, t(key::common::SUPPORT_PAGE)))}
                    </ul>
                </Card>
            }
        })
    }
}

fn way(href: String, glyph: Glyph, words: String) -> impl IntoView {
    view! {
        <li>
            <a class="contact__way" href=href>
                <Icon glyph=glyph />
                <bdi>{words}</bdi>
            </a>
        </li>
    }
}

/// A number as it is printed, made into one that a telephone can dial.
fn telephone(printed: &str) -> String {
    let digits: String = printed
        .chars()
        .filter(|sign| sign.is_ascii_digit() || *sign == '+')
        .collect();
    format!("tel:{digits}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_printed_number_can_be_dialled() {
        assert_eq!(telephone("+351 22 555 01 00"), "tel:+351225550100");
    }
}
