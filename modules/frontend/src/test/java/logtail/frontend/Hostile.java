package logtail.frontend;

import java.util.List;

/** Labels as an attacker would choose them. */
public final class Hostile {
    /** Each is a legal value of a text dimension. */
    public static final List<String> LABELS = List.of(
            "",
            " ",
            "/<script>alert(1)</script>",
            "<b>x</b>",
            "\"><script>alert(1)</script>",
            "'><img src=x onerror=alert(1)>",
            "' onmouseover='alert(1)",
            "javascript:alert(1)",
            "/${7*7}",
            "/#{7*7}",
            "/<#list 1..9 as x>${x}</#list>",
            "/${\"freemarker.template.utility.Execute\"?new()(\"id\")}",
            "&lt;already&amp;escaped&#39;",
            "/a?b&c=d;e#f%41%zz+g",
            "/%00%0d%0aSet-Cookie:x=1",
            "\u0001\u001b[31m\u0007\u007f\u0085",
            "tab\tcr\rlf\nend",
            "\u202egnp.exe\u202c",
            "\u200b\ufeff\u2028\u2029\u00a0\u3000",
            "\ud83d\ude00 caf\u00e9 \u65e5\u672c",
            "\ufffd",
            "\\(other)",
            "\\\\(other)",
            "\\x1B",
            "a AND status=200",
            "\"quoted\\\" \\",
            ">=400",
            "]]>--><!--",
            "</title></textarea></svg>",
            "/" + "%".repeat(8191),
            "/" + "\u65e5".repeat(2730));

    private Hostile() {}
}
