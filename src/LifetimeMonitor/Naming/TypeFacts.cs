using LifetimeMonitor.Heap.Types;
using LifetimeMonitor.Naming.Compiler;

namespace LifetimeMonitor.Naming;

/// <summary>What the naming knows of a type, worked out once.</summary>
internal sealed class TypeFacts
{
    private readonly Lazy<string> _words;
    private readonly Lazy<string?> _closureMethod;
    private readonly Lazy<HashSet<string>> _interfaces;
    private readonly Lazy<bool> _isTestClass;

    public TypeFacts(HeapType type)
    {
        Type = type;
        Name = RuntimeName.Parse(type.RuntimeName);
        Definition = Name?.Definition ?? type.RuntimeName;
        Made = Name is null || Name.Suffix.Length > 0 ? null : CompilerName.Parse(Name.Parts[^1].Name);
        Bases = [.. Chain(type).Select(t => RuntimeName.Parse(t.RuntimeName)).OfType<RuntimeName>().Select(n => n.Definition)];
        _words = new Lazy<string>(() => Words(this));
        _closureMethod = new Lazy<string?>(FindClosureMethod);
        _interfaces = new Lazy<HashSet<string>>(() => [.. type.Interfaces.Select(RuntimeName.Parse).OfType<RuntimeName>().Select(n => n.Definition)]);
        _isTestClass = new Lazy<bool>(() => TestMethods.IsTestClass(type));
    }

    public HeapType Type { get; }

    public RuntimeName? Name { get; }

    /// <summary>The name without type arguments: <c>System.Collections.Generic.Dictionary+Entry</c>.</summary>
    public string Definition { get; }

    /// <summary>The same of the types it derives from, nearest first, beginning with its own.</summary>
    public IReadOnlyList<string> Bases { get; }

    /// <summary>Whether it implements an interface, by the name without type arguments.</summary>
    public bool Implements(string definition) => _interfaces.Value.Contains(definition);

    /// <summary>The compiler's name for it, or null when a programmer named it.</summary>
    public CompilerName? Made { get; }

    public bool IsClosure => Made is { Kind: CompilerName.Closure } && !IsStateMachine;

    public bool IsStateMachine => Made is { Kind: CompilerName.StateMachine } || (IsOfFSharp && (Type.IsStruct || IsSequenceOfFSharp));

    /// <summary>The F# compiler made it, in a function.</summary>
    public bool IsOfFSharp => Made is { Kind: CompilerName.Closure, Inner.Length: > 0 };

    /// <summary>It has test methods.</summary>
    public bool IsTestClass => _isTestClass.Value;

    /// <summary>As C# writes it; what the compiler made is said in words.</summary>
    public string InWords => _words.Value;

    /// <summary>The method a state machine was made for.</summary>
    public string StateMachineMethod => MethodWords.Member(Type.Module, Type.Module.DeclaringType(Type.Token), MethodNames.Owner(Name) ?? "?", Made?.Inner ?? "?");

    /// <summary>The field that says where a state machine is suspended.</summary>
    public string StateField => Type.FieldNames.FirstOrDefault(f => CompilerName.Parse(f) is { Kind: CompilerName.State }) ?? "";

    /// <summary>The method a closure was made in: its own lambdas tell, or, where these became expression trees, the code around it; null otherwise.</summary>
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
        if (facts.Made is { Kind: CompilerName.AnonymousType }) return "anonymous type";
        return facts.Name?.ToCSharp() ?? facts.Type.RuntimeName;
    }

    private bool IsSequenceOfFSharp => IsOfFSharp && Bases.Contains("Microsoft.FSharp.Core.CompilerServices.GeneratedSequenceBase");

    private string? FindClosureMethod()
    {
        string owner = MethodNames.Owner(Name) ?? "?";
        if (IsOfFSharp) return MethodNames.Member(owner, Made!.Inner);
        // The lambdas of a whole type that capture nothing, as C# and Visual Basic name what they are in.
        if (Name?.Parts[^1].Name is "<>c" or "_Closure$__") return null;
        CompilerName? own = Type.Module.MethodNames(Type.Token).Select(CompilerName.Parse).FirstOrDefault(m => m is { Kind: CompilerName.Lambda or CompilerName.LocalFunction, Inner.Length: > 0 });
        return own is not null ? MethodNames.Member(owner, own.Inner) : MethodWords.MemberAround(Type.Module, Type.Token, owner);
    }

    private static IEnumerable<HeapType> Chain(HeapType type)
    {
        for (HeapType? t = type; t is not null; t = t.Base) yield return t;
    }
}
