package logtail.frontend.page;

/** A link: what it says, and where it leads. */
public record Link(String text, String href) {}
