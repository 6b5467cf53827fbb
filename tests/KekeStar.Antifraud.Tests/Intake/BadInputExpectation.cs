using Google.Protobuf.Reflection;
using KekeStar.Antifraud.Tests.Wire;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Intake;

/// <summary>What the contract demands for a bad field.</summary>
/// <param name="Refused">The request is refused with a text that begins with this.</param>
/// <param name="Note">Otherwise the field is ignored with this note; null: it is as if it had not been sent.</param>
/// <param name="IsValid">The value is a good one after all, since the field takes any text.</param>
internal sealed record BadInputExpectation(string? Refused, string? Note = null, bool IsValid = false)
{
    private const string NotProtobuf = "The message";

    private static readonly BadInputExpectation Valid = new(Refused: null, IsValid: true);
    private static readonly BadInputExpectation Unnoticed = new(Refused: null, Note: null);
    private static readonly string[] DescriptionFields = ["model", "brand", "os_version", "os_build", "app_version"];

    internal static BadInputExpectation Of(FieldDescriptor[] path, BadField bad)
    {
        var root = path[0].Name;
        var leaf = path[^1];
        var isMotion = path.Length == 3 && path[1].MessageType?.Name == nameof(MotionSeries);
        return (root, bad.Fault) switch
        {
            (_, Fault.Truncated) when isMotion => Ignored(path[1].Name, DropCause.Malformed),
            (_, Fault.Truncated) => new(NotProtobuf),
            ("event_id", Fault.Content or Fault.Null) => Valid,
            ("account_id", Fault.Content or Fault.Null) => Valid,
            ("account_id", Fault.Empty) => Unnoticed,
            ("sealed_identifiers", Fault.Empty) => Unnoticed,
            ("event_id" or "scene" or "account_id" or "event_time" or "sealed_identifiers", _) => new(root),
            (_, Fault.Empty) => Unnoticed,
            ("consent", _) => path.Length == 3 && bad.Fault != Fault.WrongType ? Unnoticed : Ignored("consent", CauseOf(bad.Fault)),
            _ when isMotion => bad.Fault == Fault.WrongType ? Ignored(path[1].Name, DropCause.WrongType) : Ignored(path[1].Name, DropCause.Malformed),
            _ => Signal(path, leaf, bad.Fault),
        };
    }

    internal static string? OfReport(FieldDescriptor[] path, BadField bad) => (path[0].Name, bad.Fault) switch
    {
        ("provider", Fault.Truncated) => NotProtobuf,
        (_, Fault.Truncated) => NotProtobuf,
        ("event_id" or "account_id", Fault.Content or Fault.Null) => null,
        ("account_id" or "provider" or "sealed_identifiers", Fault.Empty) => null,
        ("provider", Fault.Null) => null,
        var (name, _) => name,
    };

    private static BadInputExpectation Signal(FieldDescriptor[] path, FieldDescriptor leaf, Fault fault)
    {
        var name = ContractTree.Options(leaf)?.Name ?? leaf.Name;
        return fault switch
        {
            // A description is any text, and so is the name of a package or process.
            Fault.Content or Fault.Null when DescriptionFields.Contains(leaf.Name, StringComparer.Ordinal) => Valid,
            Fault.Content or Fault.Null when leaf.Name is "software" or "processes" => Unnoticed,

            // A token of the wrong length is the identity step's to refuse.
            Fault.Content or Fault.Null when leaf.Name == "device_token" => Ignored(name, DropCause.Malformed),
            Fault.Null => Ignored(name, DropCause.NullValue),
            _ => Ignored(name, CauseOf(fault)),
        };
    }

    private static BadInputExpectation Ignored(string name, DropCause cause) => new(null, EventFacts.Note(name, cause));

    private static DropCause CauseOf(Fault fault) => fault switch
    {
        Fault.WrongType => DropCause.WrongType,
        Fault.TooLong => DropCause.TooLong,
        _ => DropCause.Malformed,
    };
}
