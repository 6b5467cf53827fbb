using System.Text.Json;
using KekeStar.Antifraud.Intake;

namespace KekeStar.Antifraud.Archive.Writing;

/// <summary>Names of the entity slots, as the blobs of entities number them; those of one kind are numbered from the second on.</summary>
internal static class EntitySlotNames
{
    /// <summary>The names by slot, such as <c>imei</c> and <c>imei_2</c>.</summary>
    public static readonly IReadOnlyList<string> All = Make();

    private static string[] Make()
    {
        var names = new string[EntitySlot.Count];
        var seen = new Dictionary<EntityKind, int>();
        for (var slot = 0; slot < names.Length; slot++)
        {
            var kind = EntitySlot.Kind(slot);
            var number = seen[kind] = seen.GetValueOrDefault(kind) + 1;
            var name = JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());
            names[slot] = number == 1 ? name : $"{name}_{number}";
        }

        return names;
    }
}
