using System.Security.Cryptography;
using System.Text;

namespace KekeStar.Antifraud.Scoring.Editing;

/// <summary>A policy on its way to a version. People are named as in the audit log.</summary>
internal sealed record PolicyDraft
{
    /// <summary>Its handle: 16 hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>What it is for, 1 to <see cref="PolicyEditingLimits.MaxCommentLength"/> characters; becomes the version's comment.</summary>
    public required string Title { get; init; }

    /// <summary>Number of the version that it was begun from; 0: the policy that ships with the service, or a file's.</summary>
    public required int BasedOn { get; init; }

    /// <summary>Grows by one with each change, so that nobody overwrites what he has not seen.</summary>
    public required int Revision { get; init; }

    /// <summary>Where it stands.</summary>
    public required PolicyDraftState State { get; init; }

    /// <summary>Everybody who wrote part of it, in order.</summary>
    public required IReadOnlyList<string> Authors { get; init; }

    /// <summary>Who approved or rejected it; empty: nobody.</summary>
    public string Reviewer { get; init; } = "";

    /// <summary>Why it was rejected; empty: it was not.</summary>
    public string Rejection { get; init; } = "";

    /// <summary>When it was changed last.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>The policy.</summary>
    public required string Text { get; init; }

    /// <summary>SHA-256 of the policy's bytes, 64 hexadecimal digits.</summary>
    public string Sha256 => HashOf(Text);

    /// <summary>SHA-256 of a policy's bytes, 64 hexadecimal digits.</summary>
    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
