/**
 * Words by which texts try to instruct a language model. Gathered from published attacks (Perez and Ribeiro, Ignore Previous
 * Prompt, 2022; Greshake et al., Not what you've signed up for, 2023; OWASP LLM01) and said again in other languages.
 * Texts are folded to lower case before.
 */

/**
 * Between words: hardly anything, and nothing where letters were set apart. Bounded, as is `few`, so that no text makes
 * looking through it slow.
 */
const gap = String.raw`[\W_]{0,4}`;
/** Up to about four words of one sentence. */
const few = String.raw`[^.!?;]{0,40}?`;

const phrase = (...parts: readonly string[]) => new RegExp(parts.join(''), 'u');

const model = String.raw`(?:a\.?i\.?|llms?|(?:large )?language models?|chat ?bots?|chat ?gpt|gpt-?\d?|claude|gemini|copilot|grok|mistral|ai (?:assistants?|agents?|models?)|assistant|bot|model)`;
const ours = String.raw`(?:instructions?|prompts?|directions?|directives?|guidelines?|programming|training|constraints?|guardrails?|safeguards?|system messages?)`;
const drop = String.raw`(?:ignore|disregard|forget|override|overrule|bypass|discard|neglect|dismiss|skip over|do not follow|don'?t follow|stop following|pay no attention to)`;
const earlier = String.raw`(?:previous|prior|above|earlier|preceding|foregoing|former|existing|original|initial|current|past|system|safety|your|all)`;

/** On a text in Latin letters, with look-alikes put back. */
export const addressingLatin: readonly RegExp[] = [
  phrase(String.raw`\b${drop}${few}${earlier}${few}${ours}`),
  phrase(
    String.raw`\b${drop}${gap}(?:everything|anything|all)${gap}(?:above|before|you${gap}(?:were|have been|are)${gap}told|previously)`,
  ),
  phrase(
    String.raw`\b(?:reveal|print|show|repeat|output|leak|display|tell|give|share|expose|dump|send|paste|what${gap}(?:is|are)|write out)${few}(?:system${gap}prompt|(?:hidden|initial|original|secret|system)${gap}(?:prompt|instructions?)|your${gap}(?:prompt|instructions|api${gap}keys?|environment${gap}variables|access${gap}tokens?))`,
  ),
  phrase(
    String.raw`\b(?:new|updated|real|important|following)${gap}(?:system${gap})?instructions?${gap}(?:for|to)${gap}(?:the${gap}|any${gap}|all${gap})?${model}\b`,
  ),
  phrase(
    String.raw`\b(?:note|message|attention|dear|hey|hello|instructions?|reminder|warning|notice|request)${gap}(?:to|for)?${gap}(?:the |all |any |every )?(?:ai|llms?|language models?|chat ?gpt|claude|gemini|ai (?:assistants?|agents?|models?))s?\b(?=\W{0,3}(?:$|[:,!—-]|who|that|which|reading|please|you))`,
  ),
  phrase(
    String.raw`\bif${gap}you(?:${gap}a|'|’)?re${gap}(?:an?${gap})?(?:ai|llm|(?:large )?language model|chat ?bot|ai (?:assistant|agent|model))\b`,
  ),
  phrase(
    String.raw`\b(?:ai|llms?|(?:large )?language models?|ai (?:assistants?|agents?|models?)|agents?|models?)${gap}(?:that (?:is |are )?|who (?:is |are )?|which (?:is |are )?)?(?:reading|reads?|processing|summari[sz]ing|summari[sz]es?)${gap}this\b`,
  ),
  phrase(
    String.raw`\bas${gap}an?${gap}(?:ai|llm|(?:large )?(?:ai )?language model|ai (?:assistant|model))\b${few}(?:you|your)\b`,
  ),
  phrase(
    String.raw`\b(?:you${gap}are${gap}(?:now|no longer)|from now on,?${gap}you(?:${gap}are|'re|${gap}will|${gap}must)|act${gap}as|pretend${gap}(?:to be|you are)|roleplay as|behave as)${few}(?:ai|llm|language model|chat ?bot|chat ?gpt|dan|jailbroken|unrestricted|unfiltered|uncensored|developer mode|system administrator|root user|bound by|restricted by)\b`,
  ),
  phrase(
    String.raw`\b(?:enter|enable|activate|switch to)${gap}(?:the${gap})?(?:dan|developer|jailbreak|sudo|unrestricted)${gap}mode\b`,
  ),
  phrase(
    String.raw`\b(?:begin|start|end)${gap}of${gap}(?:the${gap})?(?:system${gap})?(?:prompt|instructions|untrusted (?:data|text)|data block|context)\b`,
  ),
  phrase(
    String.raw`\b(?:call|use|invoke|run|execute)${gap}the${gap}(?:[\w-]+${gap})?(?:tool|function|api)${gap}(?:with|to|and|named|called)\b`,
  ),
  phrase(
    String.raw`\b(?:respond|reply|answer|output)${gap}(?:only${gap}with|with${gap}only|with${gap}nothing${gap}but|exclusively${gap}with)\b`,
  ),
  // Spanish, Portuguese, Italian, French, German, Dutch, the Nordic languages, Polish, Turkish, Indonesian, Vietnamese.
  phrase(
    String.raw`\b(?:ignor[ae](?:d|r|n|te|z)?|olvid[ae]|desestima|omite|desconsider[ea]|esquec[ae]|dimentica(?:te)?|oublie[rz]?)${few}(?:instruc\w+|instruc\w*es|istruzion[ei]|consignes?|indica\w+|ordenes|ordini|ordres|directives?|prompt)${few}(?:anterior\w*|previ\w+|precedent\w*|arriba|acima|sopra|ci-?dessus|sistema|systeme)`,
  ),
  phrase(
    String.raw`\b(?:ignorier\w*|vergiss|vergesst|missacht\w*|negeer|vergeet|ignorera|glom|ignorer|glem)${few}(?:vorherig\w*|vorig\w*|bisherig\w*|obig\w*|fruher\w*|alle\w*|vorige|eerdere|bovenstaande|tidigare|foregaende|tidligere|foregaende|ovenstaende)${few}(?:anweisung\w*|instruktion\w*|befehl\w*|vorgaben|regeln|instructies|opdrachten|instruksjon\w*|instrukser)`,
  ),
  phrase(
    String.raw`\b(?:z?ignoruj\w*|zapomnij\w*|pomin)${few}(?:instrukcj\w*|polece\w*|wytyczn\w*)`,
  ),
  phrase(
    String.raw`\b(?:onceki|yukaridaki|tum)${few}(?:talimat\w*|komut\w*|yonerge\w*)${few}(?:yok ?say\w*|unut\w*|gormezden|dikkate alma)`,
  ),
  phrase(String.raw`\b(?:abaikan|lupakan)${few}(?:instruksi|perintah|petunjuk)`),
  phrase(String.raw`\bbo qua${few}(?:huong dan|chi dan|lenh|chi thi)`),
];

/** On a text in its own script. */
export const addressing: readonly RegExp[] = [
  // Russian, Ukrainian.
  /(?:игнориру\p{L}*|проигнорируй\p{L}*|забуд\p{L}*|ігнору\p{L}*)(?:\P{L}+\p{L}+){0,4}?\P{L}+(?:инструкци\p{L}*|указани\p{L}*|команд\p{L}*|інструкці\p{L}*|вказівк\p{L}*)/u,
  // Chinese.
  /(?:忽略|无视|無視|忘记|忘記|不要理会).{0,12}(?:指令|指示|提示|说明|說明|规则|規則|命令)/u,
  // Japanese, Korean.
  /(?:以前|上記|前|これまで|すべて|全て).{0,8}(?:指示|命令|プロンプト|ルール|指令).{0,4}(?:無視|忘れ)/u,
  /(?:이전|위의|위|앞의|앞선|모든).{0,10}(?:지시|명령|프롬프트|지침).{0,8}(?:무시|잊)/u,
  // Arabic, Hebrew, Hindi, Thai, Greek.
  /(?:تجاهل|تجاهلوا|انس|انسى).{0,25}(?:التعليمات|الأوامر|تعليمات|أوامر|التوجيهات)/u,
  /(?:התעלם|התעלמי|התעלמו|שכח).{0,25}(?:ההוראות|הוראות|ההנחיות)/u,
  /(?:पिछले|पूर्व|पहले|सभी).{0,20}(?:निर्देश|आदेश).{0,15}(?:अनदेखा|नज़रअंदाज़|नजरअंदाज|भूल)/u,
  /(?:เพิกเฉย|ละเว้น|ไม่ต้องสนใจ|ลืม).{0,20}(?:คำสั่ง|คำแนะนำ)/u,
  /(?:αγνόησε|αγνοήστε|ξέχασε|ξεχάστε).{0,20}(?:οδηγίες|εντολές)/u,
];
