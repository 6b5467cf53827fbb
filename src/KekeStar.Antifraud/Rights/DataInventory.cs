using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Rights;

/// <summary>
/// What the service is told, what it keeps and why: made from the options in the proto files, which the intake works by.
/// </summary>
internal static class DataInventory
{
    private static readonly FileDescriptor[] Contract =
        [AntifraudReflection.Descriptor, ListsReflection.Descriptor, PrivacyReflection.Descriptor];

    /// <summary>Every message that a caller can send: what the calls take, and what stands sealed in them.</summary>
    public static IReadOnlyList<MessageDescriptor> Requests { get; } =
    [
        .. Contract.SelectMany(file => file.Services).SelectMany(service => service.Methods).Select(method => method.InputType).Distinct(),
        SealedSignals.Descriptor,
    ];

    /// <summary>Every field of these messages that holds a value, each once.</summary>
    public static IReadOnlyList<FieldDescriptor> Fields { get; } = Collect();

    /// <summary>The signals, in the order of the contract.</summary>
    public static IReadOnlyList<InventorySignal> Signals { get; } =
        [.. Fields.Where(field => OptionsOf(field) is not null).GroupBy(field => OptionsOf(field)!.Name, StringComparer.Ordinal).Select(Describe)];

    /// <summary>A field's privacy options; null: it has none.</summary>
    public static SignalOptions? OptionsOf(FieldDescriptor field) => field.GetOptions()?.GetExtension(PrivacyOptionsExtensions.Signal);

    /// <summary>A field as "Message.field".</summary>
    public static string PlaceOf(FieldDescriptor field) => $"{field.ContainingType.Name}.{field.Name}";

    private static InventorySignal Describe(IGrouping<string, FieldDescriptor> fields)
    {
        var options = fields.Select(field => OptionsOf(field)!).ToArray();
        return new InventorySignal(
            fields.Key,
            [.. fields.Select(PlaceOf)],
            [.. options.Select(option => new InventoryText(option.Purpose, option.PurposeZh)).Distinct()],
            options[0].Handling,
            options[0].Consent,
            (int)options[0].RetentionDays);
    }

    private static List<FieldDescriptor> Collect()
    {
        var fields = new List<FieldDescriptor>();
        var seen = new HashSet<MessageDescriptor>();
        foreach (var request in Requests)
        {
            Collect(request, fields, seen);
        }

        return fields;
    }

    private static void Collect(MessageDescriptor message, List<FieldDescriptor> fields, HashSet<MessageDescriptor> seen)
    {
        if (!seen.Add(message))
        {
            return;
        }

        foreach (var field in message.Fields.InFieldNumberOrder())
        {
            // A field with options is one signal as a whole, also where it is a message, as a sensor's series is; its
            // parts have options of their own.
            var isMessage = field.FieldType == FieldType.Message && field.MessageType != Timestamp.Descriptor;
            if (!isMessage || OptionsOf(field) is not null)
            {
                fields.Add(field);
            }

            if (isMessage)
            {
                Collect(field.MessageType, fields, seen);
            }
        }
    }
}
