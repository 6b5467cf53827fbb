using Google.Protobuf;
using Google.Protobuf.Reflection;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Cli.Scoring;

/// <summary>Names of the contract's enum members without their prefix: VERDICT_PASS is "PASS".</summary>
internal static class ContractNames
{
    /// <summary>The proto3 JSON of a reply, defaults written out so that a score of 0 is visible.</summary>
    public static string Json(IMessage message) =>
        new JsonFormatter(JsonFormatter.Settings.Default.WithFormatDefaultValues(true)).Format(message);

    /// <summary>Name of a verdict, such as "PASS".</summary>
    public static string Of(Verdict value) => Name(AntifraudReflection.Descriptor, "Verdict", "VERDICT_", (int)value);

    /// <summary>Name of a challenge, such as "CAPTCHA".</summary>
    public static string Of(ChallengeKind value) => Name(AntifraudReflection.Descriptor, "ChallengeKind", "CHALLENGE_KIND_", (int)value);

    /// <summary>Name of a cause, such as "STORE_TIMEOUT".</summary>
    public static string Of(DegradedCause value) => Name(AntifraudReflection.Descriptor, "DegradedCause", "DEGRADED_CAUSE_", (int)value);

    /// <summary>Name of a label's state.</summary>
    public static string Of(LabelState value) => Name(AntifraudReflection.Descriptor, "LabelState", "LABEL_STATE_", (int)value);

    /// <summary>Name of a cause, such as "NO_CONSENT".</summary>
    public static string Of(DropCause value) => Name(AntifraudReflection.Descriptor, "DropCause", "DROP_CAUSE_", (int)value);

    /// <summary>Finds an enum member by its name without prefix, whatever the case and with '-' for '_'.</summary>
    /// <param name="type">Name of the enum.</param>
    /// <param name="prefix">Prefix of its members.</param>
    /// <param name="file">The file that declares it.</param>
    /// <param name="name">What the user typed.</param>
    /// <returns>The number; null if there is none or it is the unspecified one.</returns>
    public static int? Parse(FileDescriptor file, string type, string prefix, string name)
    {
        var wanted = prefix + name.Replace('-', '_');
        var found = Enum(file, type).Values.FirstOrDefault(v => v.Name.Equals(wanted, StringComparison.OrdinalIgnoreCase));
        return found is null or { Number: 0 } ? null : found.Number;
    }

    /// <summary>All names of an enum without prefix, as <see cref="Parse"/> takes them.</summary>
    public static IEnumerable<string> All(FileDescriptor file, string type, string prefix) => Enum(file, type).Values
        .Where(v => v.Number != 0)
        .Select(v => v.Name[prefix.Length..].Replace('_', '-').ToLower(System.Globalization.CultureInfo.InvariantCulture));

    private static EnumDescriptor Enum(FileDescriptor file, string type) => file.EnumTypes.Single(e => e.Name == type);

    // A number that this build's contract does not know is shown as the number.
    private static string Name(FileDescriptor file, string type, string prefix, int number) =>
        Enum(file, type).FindValueByNumber(number) is { } value
            ? value.Name[prefix.Length..]
            : number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
