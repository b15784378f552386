//! The pages, as pure functions: what is known goes in, HTML comes out. Whatever a peer may have chosen is escaped.

/// What the page of the rules tells.
#[derive(Debug)]
pub(crate) struct Facts<'a> {
    /// Whether the operator gave a secret; else there is a token that is worth nothing.
    pub(crate) real_prize: bool,
    /// Host and port of the bounty.
    pub(crate) bounty: &'a str,
    /// Lines to be pasted into a shell.
    pub(crate) commands: &'a str,
    pub(crate) ca_pem: &'a str,
    /// Version, suite and group of the connection over which the page is asked for.
    pub(crate) channel: &'a str,
    /// Connections to the bounty port since the start.
    pub(crate) attempts: u64,
    /// How many of them were given the secret.
    pub(crate) handed_over: u64,
}

/// The page at `/`.
pub(crate) fn rules(facts: &Facts<'_>) -> String {
    format!(
        include_str!("page/rules.html"),
        prize = if facts.real_prize { "a secret" } else { "a token that is worth nothing but the honour" },
        bounty = escaped(facts.bounty),
        commands = escaped(facts.commands),
        ca_pem = escaped(facts.ca_pem),
        channel = escaped(facts.channel),
        attempts = facts.attempts,
        handed_over = facts.handed_over,
    )
}

/// The page for a path where there is nothing.
pub(crate) fn not_found(path: &str) -> String {
    let text = format!(
        "There is nothing at <code>{}</code>. The rules are on <a href=\"/\">the first page</a>.",
        escaped(path)
    );
    message("404 Not Found", &text)
}

/// The page for a request that cannot be served.
pub(crate) fn refused(status: &str) -> String {
    let text =
        "This server answers GET and HEAD for <a href=\"/\">/</a> and <a href=\"/ca.pem\">/ca.pem</a>.";
    message(status, text)
}

fn message(title: &str, text: &str) -> String {
    format!(include_str!("page/message.html"), title = escaped(title), text = text)
}

/// Text for HTML content and quoted attributes.
fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            c => html.push(c),
        }
    }
    html
}

/// The style sheet at `/style.css`.
pub(crate) const STYLE: &str = include_str!("page/style.css");

#[cfg(test)]
mod tests {
    use super::*;

    const HOSTILE: &str = "<script>alert('\"&')</script>";
    const HARMLESS: &str = "&lt;script&gt;alert(&#39;&quot;&amp;&#39;)&lt;/script&gt;";

    #[test]
    fn what_a_peer_has_chosen_is_text_and_never_markup() {
        let page = not_found(HOSTILE);
        assert!(page.contains(HARMLESS) && !page.contains(HOSTILE));
        let facts = Facts {
            real_prize: true,
            bounty: HOSTILE,
            commands: HOSTILE,
            ca_pem: HOSTILE,
            channel: HOSTILE,
            attempts: 3,
            handed_over: 1,
        };
        let page = rules(&facts);
        assert_eq!(page.matches(HARMLESS).count(), 5); // the bounty stands there twice
        assert!(!page.contains("<script"));
        assert!(page.contains("start: 3.") && page.contains("handed over:\n1."));
    }
}
