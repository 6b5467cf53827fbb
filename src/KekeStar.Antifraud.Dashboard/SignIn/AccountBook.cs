using System.Buffers;
using KekeStar.Antifraud.Audit;
using KekeStar.Antifraud.Dashboard.Access;
using KekeStar.Antifraud.Service.Dashboard;
using Microsoft.Extensions.Logging;

namespace KekeStar.Antifraud.Dashboard.SignIn;

/// <summary>
/// The accounts of the dashboard's own, as they stand in <c>accounts.json</c>. A change is in the audit log before it is made, and on
/// disk before it counts.
/// </summary>
internal sealed partial class AccountBook : IDisposable
{
    /// <summary>The account that the first start makes.</summary>
    public const string FirstName = "admin";

    private const string FileName = "accounts.json";

    // What the audit log takes in its details, too.
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789._-");

    private readonly string _path;
    private readonly PasswordChecks _checks;
    private readonly AuditLog _audit;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _turn = new(1);
    private volatile IReadOnlyList<LocalAccount> _accounts = [];

    /// <summary>Makes an empty book; <see cref="OpenAsync"/> fills it.</summary>
    public AccountBook(DashboardOptions options, PasswordChecks checks, AuditLog audit, TimeProvider time, ILogger<AccountBook> logger)
    {
        _path = Path.Combine(options.Directory, FileName);
        _checks = checks;
        _audit = audit;
        _time = time;
        _logger = logger;
    }

    /// <summary>The accounts, by name.</summary>
    public IReadOnlyList<LocalAccount> All => _accounts;

    /// <summary>True for a name that an account can have: 1 to 64 of a-z, 0-9, '.', '_' and '-'.</summary>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= SignInLimits.MaxNameLength && !name.AsSpan().ContainsAnyExcept(NameCharacters);

    /// <summary>Reads the file, or makes it with one account of all roles whose password is printed this once.</summary>
    /// <exception cref="InvalidOperationException">The file cannot be used; the message says what to do.</exception>
    public async Task OpenAsync(CancellationToken cancellation)
    {
        if (File.Exists(_path))
        {
            _accounts = AccountFile.Read(_path);
            return;
        }

        var password = PasswordRules.Give();
        var first = new LocalAccount(FirstName, await _checks.HashAsync(password, cancellation), Roles.All, MustChange: true, IsDisabled: false, _time.GetUtcNow());
        try
        {
            AccountFile.Write(_path, [first]);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException(
                $"The dashboard's directory cannot be written ({failure.Message}) Set Antifraud:Dashboard:Directory to one that this process may write to, or Antifraud:Dashboard:Listen to nothing.",
                failure);
        }

        _accounts = [first];
        await _audit.AppendAsync(Entry("service", "first", FirstName), cancellation);
        LogFirst(_logger, FirstName, password);
    }

    /// <summary>The account of a name; null: there is none.</summary>
    public LocalAccount? Find(string name) => _accounts.FirstOrDefault(account => account.Name == name);

    /// <summary>Makes an account with a password that has to be changed.</summary>
    /// <param name="caller">Who does it, for the audit log.</param>
    /// <param name="name">Its name.</param>
    /// <param name="roles">Its roles.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>Done and the password; else why not.</returns>
    public async Task<(AccountChange Change, string Password)> AddAsync(string caller, string name, Roles roles, CancellationToken cancellation)
    {
        if (!IsName(name))
        {
            return (AccountChange.BadName, "");
        }

        if (roles == Roles.None)
        {
            return (AccountChange.NoRole, "");
        }

        var password = PasswordRules.Give();
        var hash = await _checks.HashAsync(password, cancellation);
        var change = await ChangeAsync(Entry(caller, "added", name, roles), accounts =>
            accounts.Any(account => account.Name == name) ? (AccountChange.NameTaken, accounts)
            : accounts.Count >= SignInLimits.MaxAccounts ? (AccountChange.Full, accounts)
            : (AccountChange.Done, [.. accounts, new LocalAccount(name, hash, roles, MustChange: true, IsDisabled: false, _time.GetUtcNow())]));
        return (change, change == AccountChange.Done ? password : "");
    }

    /// <summary>Gives an account a new password that has to be changed.</summary>
    public async Task<(AccountChange Change, string Password)> ResetPasswordAsync(string caller, string name, CancellationToken cancellation)
    {
        var password = PasswordRules.Give();
        var hash = await _checks.HashAsync(password, cancellation);
        var change = await ReplaceAsync(Entry(caller, "password_reset", name), name, account => account with { Hash = hash, MustChange = true });
        return (change, change == AccountChange.Done ? password : "");
    }

    /// <summary>Sets the password that the account's holder chose; it was judged before.</summary>
    public async Task<AccountChange> SetPasswordAsync(string name, string password, CancellationToken cancellation)
    {
        var hash = await _checks.HashAsync(password, cancellation);
        return await ReplaceAsync(
            Entry(Person.CallerOf(name), "password", name), name, account => account with { Hash = hash, MustChange = false });
    }

    /// <summary>Gives an account other roles.</summary>
    public Task<AccountChange> SetRolesAsync(string caller, string name, Roles roles) => roles == Roles.None
        ? Task.FromResult(AccountChange.NoRole)
        : ReplaceAsync(Entry(caller, "roles", name, roles), name, account => account with { Roles = roles });

    /// <summary>Lets an account sign in, or not.</summary>
    public Task<AccountChange> SetDisabledAsync(string caller, string name, bool isDisabled) =>
        ReplaceAsync(Entry(caller, isDisabled ? "disabled" : "enabled", name), name, account => account with { IsDisabled = isDisabled });

    /// <summary>Removes an account.</summary>
    public Task<AccountChange> RemoveAsync(string caller, string name) => ChangeAsync(Entry(caller, "removed", name), accounts =>
        accounts.Any(account => account.Name == name)
            ? (AccountChange.Done, [.. accounts.Where(account => account.Name != name)])
            : (AccountChange.NotFound, accounts));

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private static AuditEntry Entry(string caller, string change, string name, Roles roles = Roles.None)
    {
        var details = new AuditDetails().Add("change", change).Add("account", IsName(name) ? name : "invalid");
        if (roles != Roles.None)
        {
            details.Add("roles", string.Join('.', RoleName.AllOf(roles)));
        }

        return new AuditEntry { Action = AuditAction.DashboardAccount, Caller = caller, Purpose = "dashboard", Details = details };
    }

    private static bool HasAdministrator(IReadOnlyList<LocalAccount> accounts) =>
        accounts.Any(static account => !account.IsDisabled && account.Roles.HasFlag(Roles.Administrator));

    private Task<AccountChange> ReplaceAsync(AuditEntry entry, string name, Func<LocalAccount, LocalAccount> change) =>
        ChangeAsync(entry, accounts => accounts.Any(account => account.Name == name)
            ? (AccountChange.Done, [.. accounts.Select(account => account.Name == name ? change(account) with { ChangedAt = _time.GetUtcNow() } : account)])
            : (AccountChange.NotFound, accounts));

    private async Task<AccountChange> ChangeAsync(
        AuditEntry entry, Func<IReadOnlyList<LocalAccount>, (AccountChange Change, IReadOnlyList<LocalAccount> Accounts)> change)
    {
        await _turn.WaitAsync();
        try
        {
            var (result, accounts) = change(_accounts);
            if (result != AccountChange.Done)
            {
                return result;
            }

            if (!HasAdministrator(accounts) && HasAdministrator(_accounts))
            {
                return AccountChange.LastAdministrator;
            }

            if (await _audit.AppendAsync(entry, CancellationToken.None) is null)
            {
                return AccountChange.NotWritten;
            }

            AccountFile.Write(_path, accounts);
            _accounts = [.. accounts.OrderBy(static account => account.Name, StringComparer.Ordinal)];
            return AccountChange.Done;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            LogNotWritten(_logger, failure.Message);
            return AccountChange.NotWritten;
        }
        finally
        {
            _turn.Release();
        }
    }

    [LoggerMessage(7001, LogLevel.Warning, "First start of the dashboard: sign in as {Name} with the password {Password} and change it. It is not shown again.")]
    private static partial void LogFirst(ILogger logger, string name, string password);

    [LoggerMessage(7002, LogLevel.Error, "The dashboard's accounts cannot be written: {Reason}")]
    private static partial void LogNotWritten(ILogger logger, string reason);
}
