using LifetimeMonitoring.Heap.Types;
using LifetimeMonitoring.Naming.Compiler;

namespace LifetimeMonitoring.Naming;

/// <summary>The naming's facts about a type, computed once.</summary>
internal sealed class TypeFacts
{
    private readonly Lazy<string> _words;
    private readonly Lazy<string?> _closureMethod;
    private readonly Lazy<HashSet<string>> _interfaces;
    private readonly Lazy<bool> _isTestClass;
    private readonly Lazy<string?> _publicName;
    private readonly Lazy<bool> _isMachineBox;

    public TypeFacts(HeapType type)
    {
        Type = type;
        Name = RuntimeName.Parse(type.RuntimeName);
        Definition = Name?.Definition ?? type.RuntimeName;
        Made = Name is null || Name.Suffix.Length > 0 ? null : CompilerName.Parse(Name.Parts[^1].Name);
        Bases =
        [
            .. Chain(type)
                .Select(t => RuntimeName.Parse(t.RuntimeName))
                .OfType<RuntimeName>()
                .Select(n => n.Definition),
        ];
        _words = new Lazy<string>(() => Words(this));
        _closureMethod = new Lazy<string?>(FindClosureMethod);
        _interfaces = new Lazy<HashSet<string>>(
            () => [.. type.Interfaces.Select(RuntimeName.Parse).OfType<RuntimeName>().Select(n => n.Definition)]);
        _publicName = new Lazy<string?>(FindPublicName);
        _isMachineBox = new Lazy<bool>(() =>
            Definition.EndsWith("StateMachineBox", StringComparison.Ordinal) || MachineBox.MethodOf(Name) is not null);
        _isTestClass = new Lazy<bool>(() => TestMethods.IsTestClass(type));
    }

    public HeapType Type { get; }

    public RuntimeName? Name { get; }

    /// <summary>The name without type arguments: <c>System.Collections.Generic.Dictionary+Entry</c>.</summary>
    public string Definition { get; }

    /// <summary>The definitions of the type and its base types, nearest first.</summary>
    public IReadOnlyList<string> Bases { get; }

    /// <summary>Whether it implements an interface, given by its name without type arguments.</summary>
    public bool Implements(string definition) => _interfaces.Value.Contains(definition);

    /// <summary>A package or a framework declares it, not the program.</summary>
    public bool IsOfLibrary => Type.Module.IsOfLibrary;

    /// <summary>Its user should dispose it.</summary>
    public bool IsDisposable => Implements("System.IDisposable") || Implements("System.IAsyncDisposable");

    /// <summary>Whether a library declares it, or a base of it, as disposable.</summary>
    public bool IsDisposableOf(string library) => Chain(Type)
        .Where(t => t.Module.Name == library)
        .SelectMany(t => t.Interfaces)
        .Any(i => i is "System.IDisposable" or "System.IAsyncDisposable");

    /// <summary>
    /// The name by which its user knows it: that of the type, of its nearest public base, or of an interface of the
    /// same library; null for none.
    /// </summary>
    public string? PublicName => _publicName.Value;

    /// <summary>Whether its user can call a method on it.</summary>
    public bool Offers(string method) =>
        Chain(Type).Any(t => t.Module.IsPublic(t.Token) && t.Module.HasPublicMethod(t.Token, method));

    /// <summary>The compiler's name for it, or null when a programmer named it.</summary>
    public CompilerName? Made { get; }

    public bool IsClosure => Made is { Kind: CompilerName.Closure } && !IsStateMachine;

    public bool IsStateMachine =>
        Made is { Kind: CompilerName.StateMachine } || (IsOfFSharp && (Type.IsStruct || IsSequenceOfFSharp));

    /// <summary>A builder keeps the state machine of an async method in objects of it.</summary>
    public bool IsMachineBox => _isMachineBox.Value;

    /// <summary>The F# compiler generated it in a function.</summary>
    public bool IsOfFSharp => Made is { Kind: CompilerName.Closure, Inner.Length: > 0 };

    /// <summary>It has test methods.</summary>
    public bool IsTestClass => _isTestClass.Value;

    /// <summary>The name as C# writes it; a description for a compiler-generated type.</summary>
    public string InWords => _words.Value;

    /// <summary>The method that a state machine runs.</summary>
    public string StateMachineMethod => MethodFormatter.Member(
        Type.Module,
        Type.Module.DeclaringType(Type.Token),
        MethodNames.Owner(Name) ?? "?",
        Made?.Inner ?? "?");

    /// <summary>The field that stores where a state machine is suspended.</summary>
    public string StateField =>
        Type.FieldNames.FirstOrDefault(f => CompilerName.Parse(f) is { Kind: CompilerName.State }) ?? "";

    /// <summary>
    /// The method that creates a closure. The names of its lambdas tell, or the code around it where the lambdas became
    /// expression trees; null otherwise.
    /// </summary>
    public string? ClosureMethod => _closureMethod.Value;

    /// <summary>An async method or an iterator, or both.</summary>
    public string StateMachineKind
    {
        get
        {
            char[] kinds = [.. Type.FieldNames.Select(CompilerName.Parse).OfType<CompilerName>().Select(f => f.Kind)];
            bool isIterator = IsSequenceOfFSharp || kinds.Contains(CompilerName.Current);
            bool isAsync = kinds.Contains(CompilerName.Builder);
            return isIterator && isAsync ? "async iterator" : isIterator ? "iterator" : "async";
        }
    }

    private static string Words(TypeFacts facts)
    {
        if (facts.IsClosure) return $"closure of {facts.ClosureMethod ?? MethodNames.Owner(facts.Name) ?? "?"}";
        if (facts.IsStateMachine) return $"{facts.StateMachineKind} {facts.StateMachineMethod}";
        if (facts.IsMachineBox)
            return MachineBox.MethodOf(facts.Name) is { } method ? $"async {method}" : "async method";
        return facts.Name?.ToCSharp() ?? facts.Type.RuntimeName;
    }

    private bool IsSequenceOfFSharp =>
        IsOfFSharp && Bases.Contains("Microsoft.FSharp.Core.CompilerServices.GeneratedSequenceBase");

    private string? FindPublicName()
    {
        if (!IsOfLibrary) return InWords;
        HeapType? known = Chain(Type).FirstOrDefault(t => t.Module.IsPublic(t.Token) && !IsInternal(t.RuntimeName));
        return known is { RuntimeName: not ("System.Object" or "System.ValueType") }
            ? TypeNames.FromRuntimeName(known.RuntimeName)
            : Type.Interfaces
                .Where(i => !i.StartsWith("System.", StringComparison.Ordinal) && !IsInternal(i))
                .Select(TypeNames.FromRuntimeName)
                .FirstOrDefault();
    }

    // By the convention of many libraries. The types may be public, and are not for users.
    private static bool IsInternal(string runtimeName) =>
        runtimeName.Split('<')[0].Contains(".Internal.", StringComparison.Ordinal);

    private string? FindClosureMethod()
    {
        string owner = MethodNames.Owner(Name) ?? "?";
        if (IsOfFSharp) return MethodNames.Member(owner, Made!.Inner);
        // The names that C# and Visual Basic give to the class for all lambdas of a type that capture nothing.
        if (Name?.Parts[^1].Name is "<>c" or "_Closure$__") return null;
        CompilerName? own = Type.Module.MethodNames(Type.Token)
            .Select(CompilerName.Parse)
            .FirstOrDefault(
                m => m is { Kind: CompilerName.Lambda or CompilerName.LocalFunction, Inner.Length: > 0 });
        return own is not null
            ? MethodNames.Member(owner, own.Inner)
            : MethodFormatter.MemberAround(Type.Module, Type.Token, owner);
    }

    private static IEnumerable<HeapType> Chain(HeapType type)
    {
        for (HeapType? t = type; t is not null; t = t.Base) yield return t;
    }
}
