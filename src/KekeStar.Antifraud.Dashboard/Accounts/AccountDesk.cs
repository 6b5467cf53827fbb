using System.Security.Claims;
using KekeStar.Antifraud.Dashboard.Access;
using KekeStar.Antifraud.Dashboard.Sessions;
using KekeStar.Antifraud.Dashboard.SignIn;

namespace KekeStar.Antifraud.Dashboard.Accounts;

/// <summary>What the page of the accounts does. Whatever an account loses, its open sessions lose at once: they end.</summary>
/// <param name="accounts">The accounts.</param>
/// <param name="locks">Wrong passwords.</param>
/// <param name="sessions">The sessions.</param>
internal sealed class AccountDesk(AccountBook accounts, LockOuts locks, SessionBook sessions)
{
    /// <summary>The accounts, by name.</summary>
    public IReadOnlyList<LocalAccount> Rows() => accounts.All;

    /// <summary>Key of the text for an account's state.</summary>
    public string StateOf(LocalAccount account) =>
        account.IsDisabled ? "AccountState.Disabled"
        : locks.IsLocked(account.Name) ? "AccountState.Locked"
        : account.MustChange ? "AccountState.MustChange"
        : "AccountState.Active";

    /// <summary>Makes an account.</summary>
    /// <returns>Done and its first password; else why not.</returns>
    public Task<(AccountChange Change, string Password)> AddAsync(ClaimsPrincipal user, string name, Roles roles)
    {
        AccessTable.ChangeAccounts.Demand(user);
        return accounts.AddAsync(user.CallerOf(), name, roles, CancellationToken.None);
    }

    /// <summary>Gives an account a new password, and unlocks it.</summary>
    /// <returns>Done and the password; else why not.</returns>
    public async Task<(AccountChange Change, string Password)> ResetPasswordAsync(ClaimsPrincipal user, string name)
    {
        AccessTable.ChangeAccounts.Demand(user);
        var given = await accounts.ResetPasswordAsync(user.CallerOf(), name, CancellationToken.None);
        if (given.Change == AccountChange.Done)
        {
            locks.Clear(name);
            sessions.EndAll(name);
        }

        return given;
    }

    /// <summary>Gives an account other roles.</summary>
    public Task<AccountChange> SetRolesAsync(ClaimsPrincipal user, string name, Roles roles) =>
        ChangeAsync(user, name, caller => accounts.SetRolesAsync(caller, name, roles));

    /// <summary>Lets an account sign in, or not.</summary>
    public Task<AccountChange> SetDisabledAsync(ClaimsPrincipal user, string name, bool isDisabled) =>
        ChangeAsync(user, name, caller => accounts.SetDisabledAsync(caller, name, isDisabled));

    /// <summary>Removes an account.</summary>
    public Task<AccountChange> RemoveAsync(ClaimsPrincipal user, string name) => ChangeAsync(user, name, caller => accounts.RemoveAsync(caller, name));

    private async Task<AccountChange> ChangeAsync(ClaimsPrincipal user, string name, Func<string, Task<AccountChange>> change)
    {
        AccessTable.ChangeAccounts.Demand(user);
        var result = await change(user.CallerOf());
        if (result == AccountChange.Done)
        {
            sessions.EndAll(name);
        }

        return result;
    }
}
