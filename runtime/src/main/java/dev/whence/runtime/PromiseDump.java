package dev.whence.runtime;

import dev.whence.explain.JsonText;
import dev.whence.explain.Owner;
import dev.whence.explain.Site;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Pending promises as JSON, the largest groups first.
 *
 * <p>Thread: the isolate's.
 */
final class PromiseDump {
  private final StringBuilder out = new StringBuilder("{\"promises\":[");

  private PromiseDump() {}

  static String json(
      List<EvidenceRecords.Pending> groups, OwnerDescriptions owners, boolean recordsSites) {
    return new PromiseDump().write(groups, owners, recordsSites);
  }

  private String write(
      List<EvidenceRecords.Pending> groups, OwnerDescriptions owners, boolean recordsSites) {
    List<EvidenceRecords.Pending> sorted = new ArrayList<>(groups);
    sorted.sort(Comparator.comparingInt(EvidenceRecords.Pending::count).reversed());
    for (EvidenceRecords.Pending group : sorted) {
      JsonText.separate(out).append('{');
      owner(group.owner(), owners);
      JsonText.key(out, "count").append(group.count());
      Site made = group.made();
      if (made != null) {
        created(made);
      }
      out.append('}');
    }
    out.append(']');
    JsonText.string(JsonText.key(out, "provenance"), recordsSites ? "sites" : "owners");
    return out.append('}').toString();
  }

  private void owner(long number, OwnerDescriptions owners) {
    JsonText.key(out, "request");
    if (number == 0) {
      out.append("null");
      JsonText.key(out, "ended").append(false);
      return;
    }
    Owner owner = owners.describe(number, Map.of());
    JsonText.string(out, owner.request());
    if (owner.method() != null) {
      JsonText.string(JsonText.key(out, "line"), owner.method() + " " + owner.url());
    }
    JsonText.key(out, "ended").append(owner.state() == Owner.State.ENDED);
  }

  private void created(Site made) {
    JsonText.key(out, "created").append('{');
    JsonText.string(JsonText.key(out, "file"), made.file());
    JsonText.key(out, "line").append(made.line());
    JsonText.key(out, "column").append(made.column());
    if (made.function() != null) {
      JsonText.string(JsonText.key(out, "function"), made.function());
    }
    out.append('}');
  }
}
