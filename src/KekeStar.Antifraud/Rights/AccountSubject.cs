using System.Runtime.InteropServices;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Keys;

namespace KekeStar.Antifraud.Rights;

/// <summary>The account that a right is exercised for, under one key epoch.</summary>
/// <param name="Epoch">The epoch.</param>
/// <param name="Account">The account's pseudonym.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AccountSubject(KeyEpoch Epoch, Pseudonym Account)
{
    /// <summary>The account under every epoch of a set.</summary>
    /// <param name="keys">The set.</param>
    /// <param name="account">Under the current epoch.</param>
    /// <param name="otherAccount">Under the other epoch; none where there is none.</param>
    public static IReadOnlyList<AccountSubject> All(KeySet keys, Pseudonym account, Pseudonym otherAccount) =>
        keys.Other is { } other ? [new(keys.Current, account), new(other, otherAccount)] : [new(keys.Current, account)];
}
