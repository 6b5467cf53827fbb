using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using KekeStar.Antifraud.Audit;
using KekeStar.Antifraud.Scoring.Loading;
using KekeStar.Antifraud.Scoring.Model;

namespace KekeStar.Antifraud.Scoring.Editing;

/// <summary>
/// Takes a policy from draft to version: a draft that loads is proposed, a second person approves it, and it is published. A step is in
/// the audit log before it is made, and on disk before it counts.
/// </summary>
/// <remarks>Who may do what is the caller's to know; that nobody approves his own work is decided here.</remarks>
internal sealed class PolicyWorkbench
{
    private readonly string _folder;
    private readonly PolicyVersions _versions;
    private readonly PolicySteps _steps;
    private readonly TimeProvider _time;
    private readonly ModelLibrary _models;

    /// <summary>Works in the folder of the options.</summary>
    public PolicyWorkbench(PolicyOptions options, PolicySource source, AuditLog audit, TimeProvider time)
    {
        _folder = options.Directory;
        _versions = new PolicyVersions(_folder, source);
        _steps = new PolicySteps(_folder, audit, time);
        _time = time;
        _models = source.Models;
    }

    /// <summary>True if versions that are published here come into force here.</summary>
    public bool MayPublish => _versions.MayPublish;

    /// <summary>The drafts, the one that was changed last first.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read.</exception>
    /// <exception cref="InvalidDataException">A file is not what was written.</exception>
    public IReadOnlyList<PolicyDraft> Drafts => _folder.Length == 0 ? [] : PolicyFolder.Drafts(_folder);

    /// <summary>Number of the newest version; 0: none was published.</summary>
    public int Newest => _versions.Newest;

    /// <summary>A draft; null: there is none.</summary>
    public PolicyDraft? Find(string id) => _folder.Length == 0 ? null : PolicyFolder.FindDraft(_folder, id);

    /// <summary>A version; null: there is none.</summary>
    public PolicyVersion? FindVersion(int number) => _versions.Find(number);

    /// <summary>Versions, newest first.</summary>
    /// <param name="below">Only such with smaller numbers.</param>
    /// <param name="most">At most so many.</param>
    public IReadOnlyList<PolicyVersion> Versions(int below = int.MaxValue, int most = int.MaxValue) => _versions.List(below, most);

    /// <summary>The text of a version in the layout of documents; 0: of the policy that came before all versions. Null: there is none.</summary>
    public string? TextOf(int number) => _versions.TextOf(number);

    /// <summary>What the loader says of a text.</summary>
    public PolicyResult Check(string text) => PolicyLoader.Load(Encoding.UTF8.GetBytes(text), _models);

    /// <summary>Begins a draft from the newest version.</summary>
    /// <param name="person">Who does it, as the audit log names people.</param>
    /// <param name="title">What for.</param>
    public async Task<PolicyStep> BeginAsync(string person, string title)
    {
        if (!IsComment(title))
        {
            return new PolicyStep(PolicyEdit.BadComment, null);
        }

        return await _steps.ChangeAsync(async () =>
        {
            if (_folder.Length == 0)
            {
                return new PolicyStep(PolicyEdit.Managed, null);
            }

            if (PolicyFolder.Drafts(_folder).Count >= PolicyEditingLimits.MaxDrafts)
            {
                return new PolicyStep(PolicyEdit.Full, null);
            }

            var newest = Newest;
            var document = PolicyDocument.TryParse(TextOf(newest)!)!;
            document.Version = NextName(newest);
            var draft = new PolicyDraft
            {
                Id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(sizeof(long))),
                Title = title.Trim(),
                BasedOn = newest,
                Revision = 1,
                State = PolicyDraftState.Draft,
                Authors = [person],
                ChangedAt = _time.GetUtcNow(),
                Text = document.Text,
            };
            return await _steps.WriteAsync(person, draft, AuditAction.PolicyDraft, "begun");
        });
    }

    /// <summary>Saves another text. The saver becomes an author, and whatever was proposed or approved is a draft again.</summary>
    /// <param name="person">Who does it.</param>
    /// <param name="seen">The draft as that person saw it.</param>
    /// <param name="text">The text; it need not load.</param>
    public Task<PolicyStep> SaveAsync(string person, PolicyDraft seen, string text) =>
        Encoding.UTF8.GetByteCount(text) > PolicyLimits.MaxFileBytes
            ? Task.FromResult(new PolicyStep(PolicyEdit.TooLarge, null))
            : _steps.StepAsync(person, seen, AuditAction.PolicyDraft, "saved", draft => new PolicyStep(PolicyEdit.Done, Written(draft, person, text)));

    /// <summary>Asks for a second person.</summary>
    public Task<PolicyStep> ProposeAsync(string person, PolicyDraft seen) => _steps.StepAsync(person, seen, AuditAction.PolicyProposed, "", draft =>
        draft.State is not (PolicyDraftState.Draft or PolicyDraftState.Rejected) ? new PolicyStep(PolicyEdit.WrongState, null)
        : !MayPublish ? new PolicyStep(PolicyEdit.Managed, null)
        : draft.BasedOn != Newest ? new PolicyStep(PolicyEdit.Outdated, null)
        : Check(draft.Text) is not { Policy: { } policy } ? new PolicyStep(PolicyEdit.Invalid, null)
        : IsUnchanged(draft, policy) ? new PolicyStep(PolicyEdit.Unchanged, null)
        : new PolicyStep(PolicyEdit.Done, draft with { State = PolicyDraftState.Proposed, Reviewer = "", Rejection = "" }));

    /// <summary>Agrees to a proposal, as somebody who wrote no part of it.</summary>
    public Task<PolicyStep> ApproveAsync(string person, PolicyDraft seen) => _steps.StepAsync(person, seen, AuditAction.PolicyApproved, "", draft =>
        draft.State != PolicyDraftState.Proposed ? new PolicyStep(PolicyEdit.WrongState, null)
        : draft.Authors.Contains(person, StringComparer.Ordinal) ? new PolicyStep(PolicyEdit.OwnWork, null)
        : draft.BasedOn != Newest ? new PolicyStep(PolicyEdit.Outdated, null)
        : new PolicyStep(PolicyEdit.Done, draft with { State = PolicyDraftState.Approved, Reviewer = person }));

    /// <summary>Does not agree to a proposal, and says why. An author takes his proposal back with it.</summary>
    public Task<PolicyStep> RejectAsync(string person, PolicyDraft seen, string comment) => !IsComment(comment)
        ? Task.FromResult(new PolicyStep(PolicyEdit.BadComment, null))
        : _steps.StepAsync(person, seen, AuditAction.PolicyRejected, "", draft =>
            draft.State is not (PolicyDraftState.Proposed or PolicyDraftState.Approved)
                ? new PolicyStep(PolicyEdit.WrongState, null)
                : new PolicyStep(PolicyEdit.Done, draft with { State = PolicyDraftState.Rejected, Reviewer = person, Rejection = comment.Trim() }));

    /// <summary>
    /// Brings a draft onto the newest version: what was published meanwhile comes in. It is a draft again then, and whoever does it an
    /// author.
    /// </summary>
    /// <returns>The draft, and where both changed the same thing: there the draft's is kept.</returns>
    public async Task<(PolicyStep Step, IReadOnlyList<string> Conflicts)> RebaseAsync(string person, PolicyDraft seen)
    {
        var conflicts = new List<string>();
        var step = await _steps.StepAsync(person, seen, AuditAction.PolicyDraft, "rebased", draft =>
        {
            var newest = Newest;
            if (TextOf(draft.BasedOn) is not { } begun
                || PolicyDocument.TryParse(begun) is not { } old
                || PolicyDocument.TryParse(TextOf(newest)!) is not { } theirs)
            {
                return new PolicyStep(PolicyEdit.NotFound, null);
            }

            if (PolicyDocument.TryParse(draft.Text) is not { } mine)
            {
                return new PolicyStep(PolicyEdit.Invalid, null);
            }

            // Its name is no part of the work.
            mine.Version = theirs.Version = old.Version;
            var merged = PolicyDocument.Merge(old, mine, theirs, conflicts);
            merged.Version = NextName(newest);
            return new PolicyStep(PolicyEdit.Done, Written(draft, person, merged.Text) with { BasedOn = newest });
        });
        return (step, conflicts);
    }

    /// <summary>Throws a draft away.</summary>
    public Task<PolicyStep> RemoveAsync(string person, PolicyDraft seen) => _steps.ChangeAsync(async () =>
    {
        var (edit, draft) = _steps.Current(seen);
        if (draft is null)
        {
            return new PolicyStep(edit, null);
        }

        if (!await _steps.NoteAsync(person, AuditAction.PolicyDraft, draft, "removed"))
        {
            return new PolicyStep(PolicyEdit.NotWritten, null);
        }

        PolicyFolder.Remove(_folder, draft);
        return new PolicyStep(PolicyEdit.Done, null);
    });

    /// <summary>Makes an approved draft the newest version, which comes into force.</summary>
    /// <returns>Done without a draft: it is gone.</returns>
    public Task<PolicyStep> PublishAsync(string person, PolicyDraft seen) => _steps.ChangeAsync(async () =>
    {
        var (edit, draft) = _steps.Current(seen);
        if (draft is null)
        {
            return new PolicyStep(edit, null);
        }

        var newest = Newest;
        edit = draft.State != PolicyDraftState.Approved ? PolicyEdit.WrongState
            : !MayPublish ? PolicyEdit.Managed
            : draft.BasedOn != newest ? PolicyEdit.Outdated
            : Check(draft.Text).Policy is null ? PolicyEdit.Invalid
            : PolicyEdit.Done;
        if (edit != PolicyEdit.Done)
        {
            return new PolicyStep(edit, null);
        }

        edit = await PublishAsync(person, newest, draft.Id, new PolicyVersion
        {
            Number = newest + 1,
            Sha256 = draft.Sha256,
            Authors = draft.Authors,
            Approver = draft.Reviewer,
            Publisher = person,
            PublishedAt = _time.GetUtcNow(),
            Comment = draft.Title,
            Text = draft.Text,
        });
        if (edit == PolicyEdit.Done)
        {
            PolicyFolder.Remove(_folder, draft);
        }

        return new PolicyStep(edit, null);
    });

    /// <summary>
    /// Puts the content of an older version in force again, as a new version. One person may: two agreed to it when it was published, and
    /// whoever takes a bad policy back cannot wait.
    /// </summary>
    /// <param name="person">Who does it.</param>
    /// <param name="seen">The newest version as that person saw it.</param>
    /// <param name="number">The version to bring back; 0: the policy that ships with the service.</param>
    /// <param name="comment">Why.</param>
    public Task<PolicyStep> RollBackAsync(string person, int seen, int number, string comment) => _steps.ChangeAsync(async () =>
    {
        var newest = Newest;
        var text = _versions.PublishedTextOf(number);
        var edit = !IsComment(comment) ? PolicyEdit.BadComment
            : !MayPublish ? PolicyEdit.Managed
            : seen != newest ? PolicyEdit.Outdated
            : text is null ? PolicyEdit.NotFound
            : number == newest ? PolicyEdit.Unchanged
            : Check(text).Policy is null ? PolicyEdit.Invalid
            : PolicyEdit.Done;
        return new PolicyStep(
            edit != PolicyEdit.Done ? edit : await PublishAsync(person, newest, draft: "", new PolicyVersion
            {
                Number = newest + 1,
                Sha256 = PolicyDraft.HashOf(text!),
                Authors = FindVersion(number)?.Authors ?? [],
                Approver = FindVersion(number)?.Approver ?? "",
                Publisher = person,
                PublishedAt = _time.GetUtcNow(),
                Comment = comment.Trim(),
                Restores = number,
                Text = text!,
            }),
            null);
    });

    private static bool IsComment(string text) => text.Trim().Length is > 0 and <= PolicyEditingLimits.MaxCommentLength;

    private string NextName(int newest) =>
        string.Create(CultureInfo.InvariantCulture, $"{_time.GetUtcNow():yyyy-MM-dd}.{newest + 1}");

    // But for the name that it gives itself.
    private bool IsUnchanged(PolicyDraft draft, Policy policy)
    {
        if (PolicyDocument.TryParse(TextOf(draft.BasedOn) ?? "") is not { } begun)
        {
            return false;
        }

        begun.Version = policy.Version;
        return Check(begun.Text).Policy?.Hash == policy.Hash;
    }

    private static PolicyDraft Written(PolicyDraft draft, string person, string text) => draft with
    {
        State = PolicyDraftState.Draft,
        Authors = draft.Authors.Contains(person, StringComparer.Ordinal) ? draft.Authors : [.. draft.Authors, person],
        Reviewer = "",
        Rejection = "",
        Text = text,
    };

    private async Task<PolicyEdit> PublishAsync(string person, int newest, string draft, PolicyVersion version)
    {
        if (newest >= PolicyEditingLimits.MaxVersions)
        {
            return PolicyEdit.Full;
        }

        var details = new AuditDetails().Add("version", version.Number).Add("hash", version.Sha256);
        if (draft.Length > 0)
        {
            details.Add("draft", draft);
        }

        if (version.Restores is { } restores)
        {
            details.Add("restores", restores);
        }

        if (!await _steps.NoteAsync(person, AuditAction.PolicyPublished, details))
        {
            return PolicyEdit.NotWritten;
        }

        _versions.Publish(version);
        return PolicyEdit.Done;
    }
}
