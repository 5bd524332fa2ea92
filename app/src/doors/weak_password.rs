//! What is wrong with a password before the salon is asked: a copied tablet may be guessed at for ever.

use crate::i18n::td_string;
use crate::ui::I18n;

const SHORTEST: usize = 10;

/// How many characters a password still lacks; digits alone never do.
pub fn weak(password: &str) -> Option<usize> {
    let length = password.chars().count();
    let is_number = password.chars().all(|c| c.is_ascii_digit());
    if length < SHORTEST { Some(SHORTEST - length) } else { is_number.then_some(0) }
}

pub fn weak_words(i18n: I18n, password: &str) -> Option<String> {
    weak(password).map(|lacking| match lacking {
        0 => td_string!(i18n, set_up.password_digits).to_owned(),
        lacking => td_string!(i18n, set_up.password_short, count = lacking),
    })
}
