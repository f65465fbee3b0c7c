package logtail.core.traffic;

/** Classes of HTTP statuses by value (D3, FR-8.4). */
public enum StatusClass {
    C2XX("2xx"),
    C3XX("3xx"),
    C4XX("4xx"),
    C5XX("5xx"),
    OTHER("other");

    private static final StatusClass[] BY_HUNDRED = {OTHER, OTHER, C2XX, C3XX, C4XX, C5XX};

    private final String label;

    StatusClass(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    public static StatusClass of(int status) {
        int hundred = status / 100;
        return hundred < BY_HUNDRED.length ? BY_HUNDRED[hundred] : OTHER;
    }
}
