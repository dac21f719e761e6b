package org.eveproof.spec.tlc;

import java.util.ArrayList;
import java.util.List;
import org.eveproof.spec.FalsePart;
import tla2sany.semantic.ASTConstants;
import tla2sany.semantic.ExprOrOpArgNode;
import tla2sany.semantic.LabelNode;
import tla2sany.semantic.LetInNode;
import tla2sany.semantic.LevelConstants;
import tla2sany.semantic.LevelNode;
import tla2sany.semantic.OpApplNode;
import tla2sany.semantic.OpDefNode;
import tla2sany.semantic.SemanticNode;
import tla2sany.semantic.Subst;
import tla2sany.semantic.SubstInNode;
import tla2sany.semantic.SymbolNode;
import tla2sany.st.Location;
import tlc2.tool.BuiltInOPs;
import tlc2.tool.EvalControl;
import tlc2.tool.IContextEnumerator;
import tlc2.tool.TLCState;
import tlc2.tool.ToolGlobals;
import tlc2.tool.coverage.CostModel;
import tlc2.tool.impl.FastTool;
import tlc2.util.Context;
import tlc2.value.IBoolValue;
import tlc2.value.impl.LazyValue;
import tlc2.value.impl.Value;

/**
 * Finds the parts of a formula that make it false for two states. Nothing is cached between
 * evaluations (hence the {@code false} in contexts), for parts are evaluated for other states too.
 */
final class FalseParts {
  private static final int MAX_DEPTH = 60;
  private static final int MAX_BINDINGS = 500;
  private static final int MAX_VALUE_LENGTH = 200;

  private final FastTool tool;
  private final ModuleFiles files;
  private final TlcValues values;

  FalseParts(FastTool tool, ModuleFiles files, TlcValues values) {
    this.tool = tool;
    this.files = files;
    this.values = values;
  }

  /**
   * Returns the parts that are false.
   *
   * @param formula an action or a state predicate
   * @param context values of the bound identifiers
   * @param first the state
   * @param second the next state; the empty one for a predicate
   * @param operator name of the definition whose body the formula is
   */
  List<FalsePart> of(
      SemanticNode formula, Context context, TLCState first, TLCState second, String operator) {
    return new Search(first, second).parts(formula, context, operator, 0);
  }

  private final class Search {
    private final TLCState first;
    private final TLCState second;

    Search(TLCState first, TLCState second) {
      this.first = first;
      this.second = second;
    }

    /** Returns the false parts of a formula; none if it is true. */
    List<FalsePart> parts(SemanticNode formula, Context context, String operator, int depth) {
      String failure = "";
      try {
        if (evaluate(formula, context) instanceof IBoolValue truth && truth.getVal()) {
          return List.of();
        }
      } catch (RuntimeException | StackOverflowError e) {
        failure = TlcValues.message(e);
      }
      try {
        List<FalsePart> within =
            depth > MAX_DEPTH ? List.of() : descend(formula, context, operator, depth);
        return within.isEmpty() ? List.of(leaf(formula, context, operator, failure)) : within;
      } catch (RuntimeException | StackOverflowError e) {
        return List.of(leaf(formula, context, operator, failure));
      }
    }

    private Object evaluate(SemanticNode expression, Context context) {
      return tool.eval(expression, context, first, second, EvalControl.Clear);
    }

    private boolean isTrue(SemanticNode formula, Context context) {
      return evaluate(formula, context) instanceof IBoolValue truth && truth.getVal();
    }

    private List<FalsePart> descend(
        SemanticNode formula, Context context, String operator, int depth) {
      if (formula instanceof LabelNode label) {
        return parts(label.getBody(), context, operator, depth + 1);
      }
      if (formula instanceof LetInNode let) {
        Context inner = context;
        for (OpDefNode definition : let.getLets()) {
          if (definition.getArity() == 0) {
            inner =
                inner.cons(
                    definition,
                    new LazyValue(definition.getBody(), inner, false, CostModel.DO_NOT_RECORD));
          }
        }
        return parts(let.getBody(), inner, operator, depth + 1);
      }
      if (formula instanceof SubstInNode substitution) {
        Context inner = context;
        for (Subst subst : substitution.getSubsts()) {
          inner = inner.cons(subst.getOp(), tool.getVal(subst.getExpr(), context, false));
        }
        return parts(substitution.getBody(), inner, operator, depth + 1);
      }
      return formula instanceof OpApplNode application
          ? descend(application, context, operator, depth)
          : List.of();
    }

    private List<FalsePart> descend(
        OpApplNode formula, Context context, String operator, int depth) {
      ExprOrOpArgNode[] args = formula.getArgs();
      switch (BuiltInOPs.getOpCode(formula.getOperator().getName())) {
        case ToolGlobals.OPCODE_cl:
        case ToolGlobals.OPCODE_land:
          return conjunction(args, context, operator, depth);
        case ToolGlobals.OPCODE_dl:
        case ToolGlobals.OPCODE_lor:
          List<List<FalsePart>> disjuncts = new ArrayList<>();
          for (ExprOrOpArgNode disjunct : args) {
            disjuncts.add(parts(disjunct, context, operator, depth + 1));
          }
          return fewest(disjuncts);
        case ToolGlobals.OPCODE_ite:
          return parts(isTrue(args[0], context) ? args[1] : args[2], context, operator, depth + 1);
        case ToolGlobals.OPCODE_implies:
          return parts(args[1], context, operator, depth + 1);
        case ToolGlobals.OPCODE_unchanged:
          return changed(args[0], context, operator);
        case ToolGlobals.OPCODE_sa:
          return parts(args[0], context, operator, depth + 1);
        case ToolGlobals.OPCODE_be:
          return fewest(instances(formula, context, operator, depth, false));
        case ToolGlobals.OPCODE_bf:
          return fewest(instances(formula, context, operator, depth, true));
        case 0:
          return definition(formula, context, depth);
        default:
          return List.of();
      }
    }

    /**
     * Collects what is false in each conjunct. A conjunct that cannot be evaluated counts only if
     * those before it are true: they may be what guards it.
     */
    private List<FalsePart> conjunction(
        ExprOrOpArgNode[] conjuncts, Context context, String operator, int depth) {
      List<FalsePart> found = new ArrayList<>();
      for (ExprOrOpArgNode conjunct : conjuncts) {
        try {
          if (!found.isEmpty()) {
            evaluate(conjunct, context);
          }
        } catch (RuntimeException | StackOverflowError unguarded) {
          continue;
        }
        found.addAll(parts(conjunct, context, operator, depth + 1));
      }
      return found;
    }

    /** Returns the false parts for each binding; only of one false binding if that suffices. */
    private List<List<FalsePart>> instances(
        OpApplNode quantified, Context context, String operator, int depth, boolean firstOnly) {
      List<List<FalsePart>> found = new ArrayList<>();
      IContextEnumerator bindings =
          tool.contexts(quantified, context, first, second, EvalControl.Clear);
      Context inner;
      while (found.size() < MAX_BINDINGS && (inner = bindings.nextElement()) != null) {
        List<FalsePart> parts = parts(quantified.getArgs()[0], inner, operator, depth + 1);
        if (!parts.isEmpty()) {
          found.add(withBinding(parts, quantified, inner));
          if (firstOnly) {
            return found;
          }
        }
      }
      return found;
    }

    private List<FalsePart> withBinding(
        List<FalsePart> parts, OpApplNode quantified, Context inner) {
      List<String> bindings = new ArrayList<>();
      for (SymbolNode[] symbols : quantified.getBdedQuantSymbolLists()) {
        for (SymbolNode symbol : symbols) {
          bindings.add(symbol.getName() + " = " + shown(inner.lookup(symbol)));
        }
      }
      String binding = String.join(", ", bindings);
      return parts.stream()
          .map(
              part ->
                  new FalsePart(
                      part.position(),
                      part.operator(),
                      part.text(),
                      part.guard(),
                      part.detail().isEmpty() ? binding : binding + "; " + part.detail()))
          .toList();
    }

    private List<FalsePart> definition(OpApplNode application, Context context, int depth) {
      Object meaning = tool.lookup(application.getOperator(), context, false);
      String name = application.getOperator().getName().toString();
      if (meaning instanceof LazyValue lazy) {
        return parts(lazy.expr, lazy.con, name, depth + 1);
      }
      if (meaning instanceof OpDefNode definition
          && BuiltInOPs.getOpCode(definition.getName()) == 0
          && definition.getBody() != null) {
        Context inner = tool.getOpContext(definition, application.getArgs(), context, false);
        return parts(definition.getBody(), inner, definition.getName().toString(), depth + 1);
      }
      return List.of();
    }

    /** Returns what an UNCHANGED names that did change, one by one. */
    private List<FalsePart> changed(SemanticNode expression, Context context, String operator) {
      if (expression instanceof OpApplNode application) {
        int opcode = BuiltInOPs.getOpCode(application.getOperator().getName());
        if (opcode == ToolGlobals.OPCODE_tup) {
          List<FalsePart> found = new ArrayList<>();
          for (ExprOrOpArgNode element : application.getArgs()) {
            found.addAll(changed(element, context, operator));
          }
          return found;
        }
        if (opcode == 0
            && application.getOperator().getArity() == 0
            && tool.lookup(application.getOperator(), context, false)
                instanceof OpDefNode definition
            && definition.getBody() != null) {
          return changed(definition.getBody(), context, operator);
        }
      }
      Object before = evaluate(expression, context);
      Object after = tool.eval(expression, context, second, TLCState.Empty, EvalControl.Clear);
      if (TlcValues.same(before, after)) {
        return List.of();
      }
      Location location = expression.getTreeNode().getLocation();
      return List.of(
          new FalsePart(
              ModuleFiles.position(location),
              operator,
              "UNCHANGED " + SourceText.shortened(files.text(location)),
              false,
              "was " + shown(before) + ", became " + shown(after)));
    }

    private List<FalsePart> fewest(List<List<FalsePart>> alternatives) {
      List<FalsePart> fewest = List.of();
      for (List<FalsePart> alternative : alternatives) {
        if (fewest.isEmpty() || alternative.size() < fewest.size()) {
          fewest = alternative;
        }
      }
      return fewest;
    }

    private FalsePart leaf(SemanticNode part, Context context, String operator, String failure) {
      Location location = part.getTreeNode().getLocation();
      return new FalsePart(
          ModuleFiles.position(location),
          operator,
          SourceText.shortened(files.text(location)),
          !(part instanceof LevelNode level && level.getLevel() >= LevelConstants.ActionLevel),
          failure.isEmpty() ? detail(part, context) : SourceText.shortened(failure));
    }

    /** Shows the values of the operands. */
    private String detail(SemanticNode part, Context context) {
      if (!(part instanceof OpApplNode application)) {
        return "";
      }
      List<String> shown = new ArrayList<>();
      for (ExprOrOpArgNode operand : application.getArgs()) {
        if (operand.getKind() == ASTConstants.OpApplKind) {
          try {
            shown.add(
                SourceText.shortened(files.text(operand.getTreeNode().getLocation()))
                    + " is "
                    + shown(evaluate(operand, context)));
          } catch (RuntimeException | StackOverflowError noValue) {
            shown.add(TlcValues.message(noValue));
          }
        }
      }
      return String.join("; ", shown);
    }

    private String shown(Object value) {
      String text;
      try {
        text = value instanceof Value ? values.toTla(value).toString() : String.valueOf(value);
      } catch (RuntimeException infinite) {
        text = String.valueOf(value);
      }
      return text.length() <= MAX_VALUE_LENGTH
          ? text
          : text.substring(0, MAX_VALUE_LENGTH - 3) + "...";
    }
  }
}
