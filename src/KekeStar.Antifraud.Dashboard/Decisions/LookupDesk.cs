using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Grpc.Core;
using KekeStar.Antifraud.Audit;
using KekeStar.Antifraud.Dashboard.Access;
using KekeStar.Antifraud.Dashboard.Lists;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.Service.Listing;

namespace KekeStar.Antifraud.Dashboard.Decisions;

/// <summary>
/// Hashes what somebody looks for decisions by. It stands in the audit log who did so and what for before the pseudonym is given out; the
/// identifier itself is kept nowhere.
/// </summary>
/// <param name="reader">Hashes identifiers.</param>
/// <param name="keys">Hashes ids of events.</param>
/// <param name="audit">Takes a line for each.</param>
/// <param name="time">Tells the key epochs of now.</param>
internal sealed class LookupDesk(ListRequestReader reader, KeyRing keys, AuditLog audit, TimeProvider time)
{
    /// <summary>Name of an event's id, as the gateway sent it.</summary>
    public const string Event = "event";

    /// <summary>What can be typed in.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["account", Event, .. ListKinds.Names.Where(static kind => kind != "account")];

    /// <summary>What for, as the audit log then says.</summary>
    public static IReadOnlyList<string> Purposes { get; } = ["case_review", "complaint", "user_request", "authority_request", "test"];

    /// <summary>Gives the pseudonyms of an identifier.</summary>
    /// <param name="user">Who asks.</param>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="value">What was typed, UTF-8; wiped.</param>
    /// <param name="purpose">What for.</param>
    public async Task<Lookup> FindAsync(ClaimsPrincipal user, string kind, byte[] value, string purpose)
    {
        AccessTable.LookUpDecisions.Demand(user);
        if (!AuditSyntax.IsPurpose(purpose))
        {
            CryptographicOperations.ZeroMemory(value);
            return new Lookup(DeskResult.BadPurpose, []);
        }

        var (result, pseudonyms) = Read(kind, value);
        if (result != DeskResult.Done)
        {
            return new Lookup(result, []);
        }

        var receipt = await audit.AppendAsync(
            new AuditEntry
            {
                Action = AuditAction.DecisionLookup,
                Caller = user.CallerOf(),
                Purpose = purpose,
                Subject = AuditSubject.Of(pseudonyms[0]),
                Details = new AuditDetails().Add("kind", kind),
            },
            CancellationToken.None);
        return receipt is null
            ? new Lookup(DeskResult.Unavailable, [])
            : new Lookup(DeskResult.Done, [.. pseudonyms.Select(static pseudonym => unchecked((long)pseudonym.High))]);
    }

    private (DeskResult Result, IReadOnlyList<Pseudonym> Pseudonyms) Read(string kind, byte[] value)
    {
        try
        {
            if (kind == Event)
            {
                return value.Length is 0 or > IntakeLimits.MaxEventIdBytes
                    ? (DeskResult.BadValue, [])
                    : (DeskResult.Done, [.. keys.At(time.GetUtcNow().ToUnixTimeMilliseconds()).All.Select(epoch => epoch.Pseudonymise(EntityKind.Event, value))]);
            }

            var request = reader.ReadEntity(Encoding.ASCII.GetBytes(kind), value);
            return request.Error is { } error
                ? (DeskResults.Of(new RpcException(new Grpc.Core.Status(StatusCode.InvalidArgument, error))), [])
                : (DeskResult.Done, [.. request.Entities.Select(static entity => entity.Pseudonym)]);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(value);
        }
    }
}
