using KekeStar.Antifraud.Audit;
using KekeStar.Antifraud.Dashboard.Access;
using KekeStar.Antifraud.Dashboard.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace KekeStar.Antifraud.Dashboard.SignIn;

/// <summary>Signs people in with a password, and lets them change it.</summary>
/// <param name="accounts">The accounts.</param>
/// <param name="checks">Checks passwords.</param>
/// <param name="locks">Counts wrong ones.</param>
/// <param name="sessions">The sessions.</param>
/// <param name="audit">Takes sign-ins and locks.</param>
internal sealed class LocalSignIn(AccountBook accounts, PasswordChecks checks, LockOuts locks, SessionBook sessions, AuditLog audit)
{
    /// <summary>Signs somebody in.</summary>
    /// <param name="http">The request; its answer gets the cookie.</param>
    /// <param name="name">What was typed as name; upper and lower case do not matter.</param>
    /// <param name="password">What was typed as password.</param>
    public async Task<SignInResult> SignInAsync(HttpContext http, string? name, string? password)
    {
        var account = Account(name);

        // Everybody waits for the same work, whatever is wrong.
        var isRight = await checks.IsRightAsync(account?.Hash, Cut(password), http.RequestAborted);
        if (isRight is null)
        {
            return SignInResult.Busy;
        }

        if (account is null || account.IsDisabled || locks.IsLocked(account.Name))
        {
            return SignInResult.Refused;
        }

        if (isRight == false)
        {
            await CountAsync(account);
            return SignInResult.Refused;
        }

        locks.Clear(account.Name);
        await StartAsync(http, account);
        return SignInResult.Done;
    }

    /// <summary>Changes the password of whoever is signed in; all sessions of the account end.</summary>
    /// <param name="http">The request.</param>
    /// <param name="old">The old password.</param>
    /// <param name="password">The new one.</param>
    public async Task<AccountChange> ChangePasswordAsync(HttpContext http, string? old, string? password)
    {
        var account = http.User.IsLocal() ? accounts.Find(http.User.NameOf()) : null;
        if (account is null || account.IsDisabled)
        {
            return AccountChange.NotFound;
        }

        // A stolen session must not be a way to try passwords.
        if (locks.IsLocked(account.Name) || await checks.IsRightAsync(account.Hash, Cut(old), http.RequestAborted) != true)
        {
            await CountAsync(account);
            return AccountChange.WrongPassword;
        }

        var judged = PasswordRules.Judge(account.Name, password ?? "");
        if (judged != AccountChange.Done || old == password)
        {
            return judged == AccountChange.Done ? AccountChange.Unchanged : judged;
        }

        var change = await accounts.SetPasswordAsync(account.Name, password!, http.RequestAborted);
        if (change == AccountChange.Done)
        {
            // This one too: the next sign-in gets a cookie that nobody has seen.
            sessions.EndAll(account.Name);
        }

        return change;
    }

    // No hash of megabytes for whoever sends them.
    private static string Cut(string? password) => password is null ? "" : password[..Math.Min(password.Length, SignInLimits.MaxPasswordLength + 1)];

    private LocalAccount? Account(string? name)
    {
        var lower = name?.Trim().ToLowerInvariant() ?? "";
        return AccountBook.IsName(lower) ? accounts.Find(lower) : null;
    }

    private async Task StartAsync(HttpContext http, LocalAccount account)
    {
        var person = Person.Make(account.Name, account.Roles, Person.Local, account.MustChange);
        await http.SignInAsync(SessionRegistration.Scheme, person);
        await audit.AppendAsync(SignInEntry.Of(person), CancellationToken.None);
    }

    private async Task CountAsync(LocalAccount account)
    {
        if (locks.Failed(account.Name))
        {
            await audit.AppendAsync(
                new AuditEntry
                {
                    Action = AuditAction.DashboardLocked,
                    Purpose = "dashboard",
                    Details = new AuditDetails().Add("account", account.Name),
                },
                CancellationToken.None);
        }
    }
}
