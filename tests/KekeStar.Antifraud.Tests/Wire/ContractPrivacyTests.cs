using Google.Protobuf.Reflection;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Rights;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Wire;

/// <summary>The proto files are the privacy contract: what they say about each signal is complete.</summary>
public class ContractPrivacyTests
{
    // Of these a keyed sketch or digest of the whole is kept beside what ends with the request.
    private static readonly string[] Sketched = ["software", "accelerometer", "motion_time", "motion_x", "motion_y", "motion_z"];

    // By what is decided about a person, not by what is observed: what was listed, withdrawn, or said of a minor.
    private static readonly string[] Decisions = ["list_entry", "withdrawn_categories", "minor"];

    // What a line of the audit log holds.
    private static readonly string[] Audited = ["purpose", "keep_deny_entry"];

    // Not signals. Consent: what the user granted, and when, is the ground on which signals are read. Lists: how an
    // entry is addressed.
    private static readonly string[] WithoutOptions =
    [
        "ScoreRequest.consent.granted", "ScoreRequest.consent.decided_at", "ScoreBatchRequest.events.consent.granted",
        "ScoreBatchRequest.events.consent.decided_at", "PutListEntryRequest.entity_kind", "PutListEntryRequest.list",
        "PutListEntryRequest.expires_at", "RemoveListEntryRequest.entity_kind",
    ];

    private static readonly string[] Forbidden =
    [
        "clipboard", "pasteboard", "contact", "phonebook", "address_book", "location", "latitude", "longitude", "gps", "geo", "altitude",
        "sms", "call_log", "photo", "microphone",
    ];

    public static TheoryData<string> Leaves()
    {
        var data = new TheoryData<string>();
        foreach (var root in Roots)
        {
            foreach (var path in ContractTree.Paths(root).Where(path => ContractTree.IsLeaf(path[^1])))
            {
                data.Add($"{root.Name}.{ContractTree.Name(path)}");
            }
        }

        return data;
    }

    // Whatever a call takes, and what stands sealed in it.
    private static MessageDescriptor[] Roots =>
    [
        .. ContractTree.Files.SelectMany(file => file.Services).SelectMany(service => service.Methods).Select(method => method.InputType).Distinct(),
        SealedSignals.Descriptor,
    ];

    [Theory]
    [MemberData(nameof(Leaves))]
    public void Every_value_of_a_request_says_how_it_is_handled(string name)
    {
        var root = Roots.Single(root => name.StartsWith(root.Name + ".", StringComparison.Ordinal));
        var path = ContractTree.Paths(root).Single(path => $"{root.Name}.{ContractTree.Name(path)}" == name);
        var options = ContractTree.Options(path[^1]);
        if (WithoutOptions.Contains(name, StringComparer.Ordinal))
        {
            Assert.Null(options);
            return;
        }

        Assert.NotNull(options);
        Assert.Matches("^[a-z][a-z0-9_]*$", options.Name);
        Assert.NotEqual(Handling.Unspecified, options.Handling);
        Assert.True(System.Enum.IsDefined(options.Handling));
        Assert.NotEqual(ConsentCategory.Unspecified, options.Consent);
        Assert.True(System.Enum.IsDefined(options.Consent));
        Assert.InRange(options.RetentionDays, 0u, (uint)LongestRetentionOf(options.Name));
        Assert.Matches("^[A-Za-z ']{10,}$", options.Purpose);
        Assert.Matches(@"^\P{IsBasicLatin}{5,}$", options.PurposeZh);
        if (options.Handling is Handling.MatchAndDrop or Handling.Summarise && !Sketched.Contains(options.Name, StringComparer.Ordinal))
        {
            Assert.Equal(0u, options.RetentionDays);
        }
    }

    [Fact]
    public void The_exceptions_exist()
    {
        var leaves = ((IEnumerable<object[]>)Leaves()).Select(row => (string)row[0]).ToHashSet(StringComparer.Ordinal);
        var names = Roots.SelectMany(ContractTree.Paths).Select(path => ContractTree.Options(path[^1])?.Name).OfType<string>().ToHashSet(StringComparer.Ordinal);

        Assert.Subset(leaves, WithoutOptions.ToHashSet(StringComparer.Ordinal));
        Assert.Subset(names, Decisions.Concat(Audited).ToHashSet(StringComparer.Ordinal));
    }

    [Fact]
    public void The_calls_that_take_personal_data_are_known()
    {
        // A new call comes here to be looked at.
        string[] expected =
        [
            "ScoreRequest", "ScoreBatchRequest", "ReportRequest", "PutListEntryRequest", "RemoveListEntryRequest", "EraseAccountRequest",
            "ExportAccountRequest", "WithdrawConsentRequest", "CorrectOutcomeRequest", "GetKeyStatusRequest", "SealedSignals",
        ];

        Assert.Equal(expected, Roots.Select(root => root.Name), StringComparer.Ordinal);
    }

    [Fact]
    public void What_stands_sealed_is_what_stands_open()
    {
        foreach (var field in SealedSignals.Descriptor.Fields.InFieldNumberOrder())
        {
            var open = ScoreRequest.Descriptor.FindFieldByNumber(field.FieldNumber);
            Assert.Equal((open.Name, open.FieldType, ContractTree.Options(open)), (field.Name, field.FieldType, ContractTree.Options(field)));
        }
    }

    [Fact]
    public void One_name_always_means_the_same_handling_and_consent()
    {
        var signals = Roots.SelectMany(ContractTree.Paths).Select(path => ContractTree.Options(path[^1])).OfType<SignalOptions>();
        foreach (var group in signals.GroupBy(options => options.Name, StringComparer.Ordinal))
        {
            Assert.Single(group.Select(options => (options.Handling, options.Consent, options.RetentionDays)).Distinct());
        }
    }

    [Fact]
    public void What_is_hashed_is_never_kept_as_it_is_and_identifiers_are_hashed()
    {
        foreach (var path in Roots.SelectMany(ContractTree.Paths))
        {
            if (ContractTree.Options(path[^1]) is { } options && EntityPseudonyms.KindOf(options.Name) != EntityKind.None)
            {
                Assert.Equal(Handling.Pseudonymise, options.Handling);
            }
        }
    }

    [Fact]
    public void No_field_is_named_for_what_must_not_be_collected()
    {
        foreach (var field in ContractTree.Messages().SelectMany(message => message.Fields.InFieldNumberOrder()))
        {
            var names = new[] { field.Name, ContractTree.Options(field)?.Name ?? "" };
            Assert.All(names, name => Assert.All(Forbidden, word => Assert.DoesNotContain(word, name, StringComparison.OrdinalIgnoreCase)));
        }
    }
    private static int LongestRetentionOf(string name) =>
        Decisions.Contains(name, StringComparer.Ordinal) ? RetentionClasses.DecisionDays
        : Audited.Contains(name, StringComparer.Ordinal) ? RetentionClasses.AuditDays
        : RetentionClasses.ContextDays;
}
