using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Wire;

/// <summary>The proto files as the generated code describes them.</summary>
internal static class ContractTree
{
    /// <summary>All files of the contract.</summary>
    internal static readonly FileDescriptor[] Files =
    [
        AntifraudReflection.Descriptor, SignalsReflection.Descriptor, ListsReflection.Descriptor, PrivacyReflection.Descriptor,
        PrivacyOptionsReflection.Descriptor,
    ];

    /// <summary>Every way from a message to one of its fields, however deep; a Timestamp counts as one value.</summary>
    internal static IEnumerable<FieldDescriptor[]> Paths(MessageDescriptor root)
    {
        foreach (var field in root.Fields.InFieldNumberOrder())
        {
            yield return [field];
            if (!IsLeaf(field))
            {
                foreach (var deeper in Paths(field.MessageType))
                {
                    yield return [field, .. deeper];
                }
            }
        }
    }

    internal static bool IsLeaf(FieldDescriptor field) =>
        field.FieldType != FieldType.Message || string.Equals(field.MessageType.FullName, Timestamp.Descriptor.FullName, StringComparison.Ordinal);

    internal static string Name(FieldDescriptor[] path) => string.Join('.', path.Select(field => field.Name));

    internal static SignalOptions? Options(FieldDescriptor field) => field.GetOptions()?.GetExtension(PrivacyOptionsExtensions.Signal);

    internal static IEnumerable<MessageDescriptor> Messages() => Files.SelectMany(file => file.MessageTypes).SelectMany(WithNested);

    internal static IEnumerable<EnumDescriptor> Enums() =>
        Files.SelectMany(file => file.EnumTypes).Concat(Messages().SelectMany(message => message.EnumTypes));

    private static IEnumerable<MessageDescriptor> WithNested(MessageDescriptor message) =>
        message.NestedTypes.SelectMany(WithNested).Prepend(message);
}
