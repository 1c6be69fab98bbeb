import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IllegalFormatException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Writes vectors.json: what Java's String.format makes of a format and a value, null where it throws.
 * Last run on OpenJDK 17.0.21: {@code java JavaFormatVectors.java vectors.json}
 */
public class JavaFormatVectors {
  private static final List<Object> VALUES =
      List.of("my-project", "Straße", 4, -4, 65, 1234567, -1234567, 2147483648L, 9007199254740991L);

  private static final List<String> FORMATS =
      List.of(
          // Those that the documentation of string templates makes likely, and their mistakes.
          "%s", "%.7s", "%.30s", "%15s", "%-15s", "%-30.30s", "%5.3s", "%S", "%.3S", "%.0s", "x%sy", "%%", "abc", "%1$s",
          "%d", "%03d", "%3d", "%-5d", "%+d", "%,d", "%x", "%08X", "%o", "%.1s", "%5s", "%b", "%c", "%03s", "%05s",
          "%.2d", "%f", "%e", "%.s", "%-.7s", "%-0s", "%-s", "%2$s", "%s%s",
          // Neighbours of these.
          "%10.3S|", "%-10.3S|", "%-+5d|", "%+-5d|", "%(d", "%(,d", "%0(10d", "%-(12d|", "% d", "% ,d", "%+,d", "%0,12d",
          "% 0,12d", "%X", "%#x", "%#X", "%#o", "%#10x", "%#010x", "%-#10x|", "%,x", "%+x", "% x", "%(x", "%-05d", "%+ d",
          "%--5d", "%#d", "%#s", "%C", "%-5c|", "%5c|", "%.1c", "%B", "%.2b", "%10b|", "%-10B|", "%#b", "%h", "%H", "%10h|",
          "%.2h", "%n", "%5n", "%-n", "%s%n", "%5%|", "%-5%|", "%05%", "%.2%", "%%%s", "%s%%", "100%", "%", "%s%", "% s",
          "%1$d%1$x", "%1$s%1$S", "%1$s%s", "%s%1$s", "%s%<s", "%<s", "%1$s%<s%s", "%0$s", "%01$s", "%1$-15s|", "%1$5.3s|",
          "%$s", "%1s$", "%D", "%N", "%O", "%F", "%g", "%a", "%E", "%G", "%A", "%i", "%u", "%y", "%t", "%5", "%-5", "%.3",
          "%1$", "{}%s}", "%ss", "%s-%s", "", "%ä");

  public static void main(String[] arguments) throws Exception {
    Locale.setDefault(Locale.ENGLISH);
    List<String> lines = new ArrayList<>();
    Set<String> formats = new LinkedHashSet<>(FORMATS);
    for (String flags : List.of("", "-", "0", "+", " ", ",", "(", "#", "-+", "0+", "0,", "-(", "(,"))
      for (String width : List.of("", "9"))
        for (String precision : List.of("", ".3"))
          for (String conversion : List.of("s", "d", "x", "c"))
            formats.add("%" + flags + width + precision + conversion);
    for (String format : formats)
      for (Object value : FORMATS.contains(format) ? VALUES : List.of("my-project", -1234567))
        lines.add("  [" + quoted(format) + ", " + json(value) + ", " + result(format, value) + "]");
    Files.writeString(Path.of(arguments[0]), "[\n" + String.join(",\n", lines) + "\n]\n", StandardCharsets.UTF_8);
  }

  private static String result(String format, Object value) {
    try {
      return quoted(String.format(format, value));
    } catch (IllegalFormatException refused) {
      return "null";
    }
  }

  private static String json(Object value) {
    return value instanceof String text ? quoted(text) : value.toString();
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (char character : text.toCharArray()) {
      if (character == '"' || character == '\\') json.append('\\');
      if (character < ' ') json.append(String.format("\\u%04x", (int) character));
      else json.append(character);
    }
    return json.append('"').toString();
  }
}
